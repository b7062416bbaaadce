package dev.eddy.model.layer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pointwise part of an LSTM, one step at a time, forward and back, in plain arrays; whoever
 * walks supplies the product with the hidden state between two steps. Gates stand in
 * Deeplearning4j's order: candidate g, forget f, output o, input i. Row {@code t * batch + b} is
 * sequence b at step t.
 *
 * <pre>
 * c_t = f ⊙ c_{t-1} + i ⊙ g             h_t = o ⊙ tanh(c_t)
 * δo  = δh ⊙ tanh(c_t)                  δc_t = δh ⊙ o ⊙ (1 − tanh²(c_t)) + what came back
 * δf  = δc_t ⊙ c_{t-1}                  δi   = δc_t ⊙ g,  δg = δc_t ⊙ i
 * δz  = δgate ⊙ gate ⊙ (1 − gate), for g: δg ⊙ (1 − g²)
 * </pre>
 */
final class LstmWalk {
  final int hidden;

  private int batch;
  private int steps;
  float[] gates = new float[0]; // z, then gates, then dz; [rows, 4 * hidden]
  float[] outputs = new float[0]; // h, from the initial one on; [rows + batch, hidden]
  private float[] cells = new float[0]; // c, from the initial one on; [rows + batch, hidden]
  private float[] cellTanh = new float[0]; // tanh(c); [rows, hidden]
  private float[] cellGradient = new float[0]; // what comes back from the step after; [batch, H]
  final float[] biasGradient; // [4 * hidden]

  LstmWalk(int hidden) {
    this.hidden = hidden;
    this.biasGradient = new float[4 * hidden];
  }

  /** Makes room, and starts from the given h and c, [batch, hidden] each. */
  void reset(int newBatch, int newSteps, float[] initialOutput, float[] initialCell) {
    batch = newBatch;
    steps = newSteps;
    int perStep = batch * hidden;
    int all = perStep * steps;
    if (cellTanh.length < all || outputs.length < all + perStep) {
      gates = new float[4 * all];
      outputs = new float[all + perStep];
      cells = new float[all + perStep];
      cellTanh = new float[all];
    }
    if (cellGradient.length < perStep) {
      cellGradient = new float[perStep];
    }
    System.arraycopy(initialOutput, 0, outputs, 0, perStep);
    System.arraycopy(initialCell, 0, cells, 0, perStep);
  }

  int batch() {
    return batch;
  }

  int steps() {
    return steps;
  }

  /** c after the last step, [batch, hidden]. */
  float[] lastCell() {
    int perStep = batch * hidden;
    return Arrays.copyOfRange(cells, steps * perStep, (steps + 1) * perStep);
  }

  /** h after the last step, [batch, hidden]. */
  float[] lastOutput() {
    int perStep = batch * hidden;
    return Arrays.copyOfRange(outputs, steps * perStep, (steps + 1) * perStep);
  }

  /**
   * One step forward; the step's rows of {@code gates} hold the product with the inputs.
   *
   * @param recurrent [batch, 4 * hidden] the product with h_{t-1}
   * @param bias [4 * hidden]
   * @param mask [rows] 0: this step gives and leaves 0; null: none is masked
   */
  void forward(int step, float[] recurrent, float[] bias, float @Nullable [] mask) {
    for (int b = 0; b < batch; b++) {
      int row = step * batch + b;
      int z = row * 4 * hidden;
      int r = b * 4 * hidden;
      for (int j = 0; j < 4 * hidden; j++) {
        gates[z + j] += recurrent[r + j] + bias[j];
      }
      Rational.tanh(gates, z, z + hidden);
      Rational.sigmoid(gates, z + hidden, z + 4 * hidden);
      int before = row * hidden;
      int after = before + batch * hidden;
      for (int j = 0; j < hidden; j++) {
        float c =
            gates[z + hidden + j] * cells[before + j] + gates[z + 3 * hidden + j] * gates[z + j];
        cells[after + j] = c;
        cellTanh[before + j] = c;
      }
      Rational.tanh(cellTanh, before, before + hidden);
      for (int j = 0; j < hidden; j++) {
        outputs[after + j] = gates[z + 2 * hidden + j] * cellTanh[before + j];
      }
      if (mask != null && mask[row] == 0f) {
        Arrays.fill(cells, after, after + hidden, 0f);
        Arrays.fill(outputs, after, after + hidden, 0f);
      }
    }
  }

  /** Prepares a walk back. */
  void beginBackward() {
    Arrays.fill(cellGradient, 0, batch * hidden, 0f);
    Arrays.fill(biasGradient, 0f);
  }

  /**
   * One step back; leaves dz in the step's rows of {@code gates}.
   *
   * @param outputGradient [rows, hidden] δh from above
   * @param recurrentGradient [batch, hidden] δh from the step after
   */
  void backward(
      int step, float[] outputGradient, float[] recurrentGradient, float @Nullable [] mask) {
    for (int b = 0; b < batch; b++) {
      int row = step * batch + b;
      int z = row * 4 * hidden;
      int state = b * hidden;
      if (mask != null && mask[row] == 0f) {
        Arrays.fill(gates, z, z + 4 * hidden, 0f);
        Arrays.fill(cellGradient, state, state + hidden, 0f);
      } else {
        backward(row, state, outputGradient, recurrentGradient);
        for (int j = 0; j < 4 * hidden; j++) {
          biasGradient[j] += gates[z + j];
        }
      }
    }
  }

  private void backward(int row, int state, float[] outputGradient, float[] recurrentGradient) {
    int z = row * 4 * hidden;
    int before = row * hidden;
    for (int j = 0; j < hidden; j++) {
      float g = gates[z + j];
      float f = gates[z + hidden + j];
      float o = gates[z + 2 * hidden + j];
      float i = gates[z + 3 * hidden + j];
      float tanh = cellTanh[before + j];
      float dh = outputGradient[before + j] + recurrentGradient[state + j];
      float dc = dh * o * (1 - tanh * tanh) + cellGradient[state + j];
      gates[z + j] = dc * i * (1 - g * g);
      gates[z + hidden + j] = dc * cells[before + j] * f * (1 - f);
      gates[z + 2 * hidden + j] = dh * tanh * o * (1 - o);
      gates[z + 3 * hidden + j] = dc * g * i * (1 - i);
      cellGradient[state + j] = dc * f;
    }
  }

  /** Errors do not flow back past this step: its dz is 0. */
  void clear(int step) {
    Arrays.fill(gates, step * batch * 4 * hidden, (step + 1) * batch * 4 * hidden, 0f);
  }
}
