package dev.eddy.model.engine.simd;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.MatrixProduct;
import dev.eddy.model.kernel.simd.PackedMatrix;
import dev.eddy.model.kernel.simd.RnnPointwise;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.TensorShape;
import dev.eddy.model.tensor.PackedSequence;

/**
 * A layer of plain recurrent units, leaky or not, Elman 1990: one product of the inputs of all
 * waves, to which every wave adds its product of h.
 */
final class SimdRnnLayer implements SimdLayer {
  private static final float[] SCALES = {1f};

  private final PackedMatrix weight; // [D, H]
  private final PackedMatrix recurrent; // [H, H]
  private final RnnPointwise pointwise;
  private final StateColumns outputState;
  private final int inputs; // D
  private final int width; // H, padded

  SimdRnnLayer(RnnShape shape, LayerWeights weights) {
    int hidden = shape.units();
    this.inputs = shape.inputs();
    float[] bias = weights.values(TensorShape.BIAS);
    float[] input = weights.values(TensorShape.WEIGHT);
    float[] square = weights.values(TensorShape.RECURRENT);
    this.weight = PackedMatrix.of(input, bias, inputs, hidden, SCALES);
    this.recurrent = PackedMatrix.of(square, new float[hidden], hidden, hidden, SCALES);
    this.width = Lanes.padded(hidden);
    this.pointwise = new RnnPointwise((float) shape.leak());
    this.outputState = StateColumns.of(weights, 0);
  }

  @Override
  public int inputWidth() {
    return inputs;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public void forward(
      PackedSequence sequence,
      float[] inputs,
      int inputStride,
      float[] hidden,
      Workspace workspace) {
    float[] sums = workspace.products(sequence.rows(), weight.columns);
    float[] outputs = workspace.layerOutputs;
    int keys = sequence.keys();
    MatrixProduct.ofRows(inputs, inputStride, sequence.rows(), weight, sums);
    outputState.show(hidden, keys, workspace.paddedOutputs, workspace.previous);
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int batch = sequence.batchSize(wave);
      int offset = row * width;
      MatrixProduct.addRows(workspace.previous, batch, recurrent, sums, offset);
      pointwise.update(sums, offset, batch, width, workspace.previous, outputs, offset);
      workspace.previous.set(outputs, offset, width);
      row += batch;
    }
    outputState.putLast(sequence, outputs, hidden);
  }
}
