package dev.eddy.benchmarks.onnx;

import dev.eddy.benchmarks.onnx.OnnxModel.Attribute;
import dev.eddy.benchmarks.work.Floats;
import dev.eddy.benchmarks.work.StepCase;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.kernel.WeightNames;
import dev.eddy.model.spec.CellType;
import java.util.List;

/**
 * The layer of a case as one ONNX operator over a sequence of one step: inputs {@code x} [1, B, D]
 * and {@code h} (and {@code c}) [1, B, H], outputs {@code h'} (and {@code c'}).
 *
 * <p>ONNX orders gates i, o, f, g (LSTM) and z, r, h (GRU), keeps weights [1, gates, inputs] and
 * two biases in one row. Its GRU mixes the other way round, h' = (1 − z)⊙n + z⊙h, which negated
 * weights of z undo, because 1 − σ(a) = σ(−a).
 */
public final class OnnxCells {
  private static final int[] LSTM_BLOCKS = {0, 3, 1, 2};

  private OnnxCells() {}

  /**
   * The model of a case.
   *
   * @throws UnsupportedOperationException if ONNX has no such cell
   */
  public static byte[] model(StepCase step) {
    int size = step.hidden();
    NetworkWeights weights = step.weights();
    float[] weight = weights.values(WeightNames.weight(0));
    float[] recurrent = weights.values(WeightNames.recurrent(0));
    float[] bias = weights.values(WeightNames.bias(0));
    OnnxModel model = new OnnxModel();
    return switch (step.cell()) {
      case LSTM ->
          finish(
              model,
              step,
              Floats.blocks(weight, size, LSTM_BLOCKS),
              Floats.blocks(recurrent, size, LSTM_BLOCKS),
              twice(Floats.blocks(bias, size, LSTM_BLOCKS)),
              new Attribute("hidden_size", size));
      case GRU ->
          finish(
              model,
              step,
              Floats.negate(weight.clone(), 3 * size, 0, size),
              Floats.negate(recurrent.clone(), 3 * size, 0, size),
              gruBias(bias, size),
              new Attribute("hidden_size", size),
              new Attribute("linear_before_reset", 1));
      case RNN ->
          finish(model, step, weight, recurrent, twice(bias), new Attribute("hidden_size", size));
      case SRU -> throw new UnsupportedOperationException("ONNX has no SRU");
    };
  }

  /** A bias of the inputs' products, and none of the recurrent ones. */
  private static float[] twice(float[] bias) {
    float[] both = new float[2 * bias.length];
    System.arraycopy(bias, 0, both, 0, bias.length);
    return both;
  }

  /** From b_z | b_r | b_n | b_m: z negated, and b_m with the recurrent product of n. */
  private static float[] gruBias(float[] bias, int size) {
    float[] both = new float[6 * size];
    System.arraycopy(bias, 0, both, 0, 3 * size);
    System.arraycopy(bias, 3 * size, both, 5 * size, size);
    return Floats.negate(both, 6 * size, 0, size);
  }

  private static byte[] finish(
      OnnxModel model,
      StepCase step,
      float[] weight,
      float[] recurrent,
      float[] biases,
      Attribute... attributes) {
    int size = step.hidden();
    int width = weight.length / size;
    boolean lstm = step.cell() == CellType.LSTM;
    long[] state = {1, step.rows(), size};
    model
        .weight("W", Floats.transposed(weight, size, width), 1, width, size)
        .weight("R", Floats.transposed(recurrent, size, width), 1, width, size)
        .weight("B", biases, 1, 2L * width)
        .input("x", state)
        .input("h", state)
        .output("h'", state);
    if (lstm) {
      model.input("c", state).output("c'", state);
    }
    return model
        .node(
            step.cell().name(),
            lstm ? List.of("x", "W", "R", "B", "", "h", "c") : List.of("x", "W", "R", "B", "", "h"),
            lstm ? List.of("", "h'", "c'") : List.of("", "h'"),
            attributes)
        .toBytes();
  }

  /** The product of two square matrices, {@code x} and a weight, into {@code h'}. */
  public static byte[] product(int size) {
    float[] weight = new float[size * size];
    for (int i = 0; i < weight.length; i++) {
      weight[i] = i % 7 - 3;
    }
    return new OnnxModel()
        .weight("W", weight, size, size)
        .input("x", size, size)
        .output("h'", size, size)
        .node("MatMul", List.of("x", "W"), List.of("h'"))
        .toBytes();
  }
}
