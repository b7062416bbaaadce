package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.spec.layer.SruShape;
import dev.eddy.model.spec.layer.TensorShape;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.model.tensor.Tensor;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * A layer of Simple Recurrent Units, Lei et al. 2018, arXiv:1709.02755v5: the products for all rows
 * of the packed sequence, then the pointwise part wave by wave.
 */
final class Nd4jSruLayer implements Nd4jLayer {
  private final int size; // H
  private final int column; // of the layer's c in the hidden state
  private final Affine candidate;
  private final Affine forget;
  private final Affine reset;
  private final Optional<Affine> skip; // the highway's projection, where D ≠ H
  private final float highwayScale;
  private final TiledVector forgetScale; // v_f
  private final TiledVector resetScale; // v_r
  private final BatchMatrix highways; // [H, rows]
  private final BatchMatrix cells; // [H, keys]
  private final BatchMatrix scratch; // [H, keys]
  private final BatchMatrix outputs; // [H, rows]

  Nd4jSruLayer(SruShape shape, LayerWeights weights) {
    Tensor weight = weights.tensor(TensorShape.WEIGHT);
    float[] bias = weights.values(TensorShape.BIAS);
    float[] recurrent = weights.values(TensorShape.RECURRENT);
    int blocks = shape.blocks();
    this.size = shape.units();
    this.column = weights.stateOffset();
    this.candidate = affine(weight, blocks, 0, new TiledVector(new float[size]));
    this.forget = affine(weight, blocks, 1, TiledVector.ofBlock(bias, size, 0));
    this.reset = affine(weight, blocks, 2, TiledVector.ofBlock(bias, size, 1));
    this.skip =
        blocks == 4
            ? Optional.of(affine(weight, blocks, 3, new TiledVector(new float[size])))
            : Optional.empty();
    this.highwayScale = weights.values(TensorShape.HIGHWAY_SCALE)[0];
    this.forgetScale = TiledVector.ofBlock(recurrent, size, 0);
    this.resetScale = TiledVector.ofBlock(recurrent, size, 1);
    this.highways = new BatchMatrix(size);
    this.cells = new BatchMatrix(size);
    this.scratch = new BatchMatrix(size);
    this.outputs = new BatchMatrix(size);
  }

  private Affine affine(Tensor weight, int blocks, int block, TiledVector bias) {
    return new Affine(Projection.ofBlock(weight, blocks, block), bias, size);
  }

  @Override
  public INDArray forward(PackedSequence sequence, INDArray inputs, INDArray hidden) {
    INDArray u = candidate.of(inputs);
    INDArray f = forget.of(inputs);
    INDArray r = reset.of(inputs);
    INDArray skipped = skip.map(projection -> projection.of(inputs)).orElse(inputs);
    INDArray x = skipped.mul(highwayScale, highways.resized(sequence.rows()));
    INDArray state = BatchMatrix.units(hidden, column, column + size);
    INDArray c = cells.resized(sequence.keys()).assign(state);
    INDArray h = outputs.resized(sequence.rows());
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int end = row + sequence.batchSize(wave);
      step(
          BatchMatrix.rows(u, row, end),
          BatchMatrix.rows(f, row, end),
          BatchMatrix.rows(r, row, end),
          BatchMatrix.rows(x, row, end),
          BatchMatrix.rows(c, 0, end - row),
          BatchMatrix.rows(h, row, end));
      row = end;
    }
    state.assign(c);
    return h;
  }

  /** All [H, rows of the wave]; overwrites all but {@code x}. */
  private void step(INDArray u, INDArray f, INDArray r, INDArray x, INDArray c, INDArray h) {
    addCarried(r, c, resetScale);
    addCarried(f, c, forgetScale);
    Transforms.sigmoid(r, false);
    Transforms.sigmoid(f, false);
    c.subi(u).muli(f).addi(u);
    c.sub(x, h).muli(r).addi(x);
  }

  private void addCarried(INDArray gate, INDArray c, TiledVector scale) {
    int batch = c.columns();
    gate.addi(c.mul(scale.rows(batch), scratch.resized(batch)));
  }

  @Override
  public void close() {
    candidate.close();
    forget.close();
    reset.close();
    skip.ifPresent(Affine::close);
    forgetScale.close();
    resetScale.close();
    highways.close();
    cells.close();
    scratch.close();
    outputs.close();
  }
}
