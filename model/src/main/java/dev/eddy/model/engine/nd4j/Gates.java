package dev.eddy.model.engine.nd4j;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.tensor.Tensor;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What LSTM, GRU and RNN layers do alike with the column blocks of their tensors. */
final class Gates {
  private Gates() {}

  /** x·W + b of each of a layer's {@code count} gates. */
  static Affine[] ofLayer(NetworkWeights weights, int layer, int count) {
    Tensor weight = weights.tensor(WeightNames.weight(layer));
    float[] bias = weights.values(WeightNames.bias(layer));
    int size = weights.shape().hiddenSize();
    return IntStream.range(0, count)
        .mapToObj(
            gate ->
                new Affine(
                    Projection.ofBlock(weight, count, gate),
                    TiledVector.ofBlock(bias, size, gate),
                    size))
        .toArray(Affine[]::new);
  }

  /** Each gate's [H, rows]. */
  static INDArray[] of(Affine[] gates, INDArray inputs) {
    return Arrays.stream(gates).map(gate -> gate.of(inputs)).toArray(INDArray[]::new);
  }

  /** Rows {@code from} to {@code to}, exclusive, of each; views. */
  static INDArray[] rows(INDArray[] sums, int from, int to) {
    return Arrays.stream(sums).map(sum -> BatchMatrix.rows(sum, from, to)).toArray(INDArray[]::new);
  }

  static void close(Affine[] gates, Projection[] recurrent) {
    Arrays.stream(gates).forEach(Affine::close);
    Arrays.stream(recurrent).forEach(Projection::close);
  }
}
