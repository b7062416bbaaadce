package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.model.spec.layer.TensorShape;
import dev.eddy.model.tensor.PackedSequence;
import dev.eddy.model.tensor.Tensor;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A layer of LSTM, GRU or RNN: the products with the inputs of all rows, and, wave by wave, those
 * with h over the keys still active.
 */
final class Nd4jGatedLayer implements Nd4jLayer {
  private final int size; // H
  private final int column; // of the layer's h in the hidden state; its c, if any, follows
  private final Affine[] gates;
  private final Nd4jCell cell;
  private final BatchMatrix[] states; // h, or h and c: [H, keys]
  private final BatchMatrix outputs; // [H, rows]

  /** A layer of {@code cell}, which it owns. */
  Nd4jGatedLayer(LayerWeights weights, Nd4jCell cell) {
    LayerShape shape = weights.shape();
    this.size = shape.units();
    this.column = weights.stateOffset();
    this.gates = gates(weights);
    this.cell = cell;
    this.states =
        shape.carried().stream()
            .map(part -> new BatchMatrix(part.size()))
            .toArray(BatchMatrix[]::new);
    this.outputs = new BatchMatrix(size);
  }

  private static Affine[] gates(LayerWeights weights) {
    Tensor weight = weights.tensor(TensorShape.WEIGHT);
    float[] bias = weights.values(TensorShape.BIAS);
    int size = weights.shape().units();
    int count = weight.shape()[1] / size;
    return IntStream.range(0, count)
        .mapToObj(
            gate ->
                new Affine(
                    Projection.ofBlock(weight, count, gate),
                    TiledVector.ofBlock(bias, size, gate),
                    size))
        .toArray(Affine[]::new);
  }

  @Override
  public INDArray forward(PackedSequence sequence, INDArray inputs, INDArray hidden) {
    INDArray[] sums = each(gates, gate -> gate.of(inputs));
    INDArray[] before = new INDArray[states.length];
    INDArray[] state = new INDArray[states.length];
    for (int i = 0; i < states.length; i++) {
      before[i] = BatchMatrix.units(hidden, column + i * size, column + (i + 1) * size);
      state[i] = states[i].resized(sequence.keys()).assign(before[i]);
    }
    INDArray h = outputs.resized(sequence.rows());
    int row = 0;
    for (int wave = 0; wave < sequence.waves(); wave++) {
      int from = row;
      int to = row + sequence.batchSize(wave);
      INDArray[] active = each(state, part -> BatchMatrix.rows(part, 0, to - from));
      cell.step(each(sums, sum -> BatchMatrix.rows(sum, from, to)), active);
      BatchMatrix.rows(h, from, to).assign(active[0]);
      row = to;
    }
    for (int i = 0; i < states.length; i++) {
      before[i].assign(state[i]);
    }
    return h;
  }

  private static <T> INDArray[] each(T[] parts, Function<T, INDArray> to) {
    INDArray[] arrays = new INDArray[parts.length];
    for (int i = 0; i < parts.length; i++) {
      arrays[i] = to.apply(parts[i]);
    }
    return arrays;
  }

  @Override
  public void close() {
    for (Affine gate : gates) {
      gate.close();
    }
    cell.close();
    for (BatchMatrix state : states) {
      state.close();
    }
    outputs.close();
  }
}
