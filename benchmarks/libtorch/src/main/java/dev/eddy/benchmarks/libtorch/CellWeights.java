package dev.eddy.benchmarks.libtorch;

import dev.eddy.benchmarks.work.Floats;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.CellType;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;

/**
 * A layer's weights as libtorch takes them: [gates, inputs], and two biases. Its gates come in the
 * order i, f, g, o (LSTM, as ours) and r, z, n (GRU); its GRU mixes the other way round, h' = (1 −
 * z)⊙n + z⊙h, which negated weights of z undo.
 */
final class CellWeights implements AutoCloseable {
  private static final int[] GRU_BLOCKS = {1, 0, 2};

  final Tensor input; // [G·H, D]
  final Tensor recurrent; // [G·H, H]
  final Tensor inputBias; // [G·H]
  final Tensor recurrentBias; // [G·H]

  CellWeights(NetworkWeights weights) {
    int inputs = weights.shape().inputSize();
    int size = weights.shape().topSize();
    float[] weight = weights.values(WeightNames.weight(0));
    float[] recurrentWeight = weights.values(WeightNames.recurrent(0));
    float[] bias = weights.values(WeightNames.bias(0));
    float[] secondBias = new float[bias.length];
    switch (CellType.of(weights.shape().layers().get(0).cell())) {
      case LSTM, RNN -> {}
      case GRU -> {
        weight = gru(weight, size);
        recurrentWeight = gru(recurrentWeight, size);
        secondBias = new float[3 * size];
        System.arraycopy(bias, 3 * size, secondBias, 2 * size, size);
        bias = gru(Floats.columns(bias, 4 * size, 0, 3 * size), size);
      }
      case SRU -> throw new IllegalArgumentException("cell: sru (libtorch has none)");
    }
    int width = bias.length;
    this.input = Tensors.of(Floats.transposed(weight, inputs, width), width, inputs);
    this.recurrent = Tensors.of(Floats.transposed(recurrentWeight, size, width), width, size);
    this.inputBias = Tensors.of(bias, width);
    this.recurrentBias = Tensors.of(secondBias, width);
  }

  private static float[] gru(float[] values, int size) {
    return Floats.negate(Floats.blocks(values, size, GRU_BLOCKS), 3 * size, size, 2 * size);
  }

  /** In the order of libtorch's sequence operators. */
  TensorVector all() {
    return new TensorVector(input, recurrent, inputBias, recurrentBias);
  }

  TensorOptional optionalInputBias() {
    return new TensorOptional(inputBias);
  }

  TensorOptional optionalRecurrentBias() {
    return new TensorOptional(recurrentBias);
  }

  @Override
  public void close() {
    input.close();
    recurrent.close();
    inputBias.close();
    recurrentBias.close();
  }
}
