package dev.eddy.model.layer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The pointwise part of an SRU over time, forward and back, in plain arrays. What the forward walk
 * keeps is what the backward walk needs; arrays are grown, never shrunk. Row {@code t * batch + b}
 * is sequence b at step t.
 *
 * <p>See {@link SruLayer} for the equations. With z the gates before σ, hw the highway's input (α·x
 * or U_x) and δ the gradient of the loss by what stands after it:
 *
 * <pre>
 * δr_t = δh_t ⊙ (c_t − hw_t)             δhw_t = δh_t ⊙ (1 − r_t)
 * δc_t = δh_t ⊙ r_t + what came back from step t + 1
 * δf_t = δc_t ⊙ (c_{t-1} − U_c)          δU_c  = δc_t ⊙ (1 − f_t)
 * δz   = δgate ⊙ gate ⊙ (1 − gate)       δU_f = δz_f, δU_r = δz_r
 * δc_{t-1} = δc_t ⊙ f_t + δz_f ⊙ v_f + δz_r ⊙ v_r
 * δv   = Σ δz ⊙ c_{t-1}                  δb = Σ δz
 * </pre>
 */
final class SruWalk {
  final int hidden;
  final int blocks; // 4: U holds the highway's input; 3: α·x is it
  final float highwayScale;

  private int batch;
  private int steps;
  float[] projected = new float[0]; // U, overwritten by dU going back; [rows, blocks * hidden]
  float[] inputs = new float[0]; // x, overwritten by the highway's part of dX; [rows, hidden]
  float[] outputs = new float[0]; // h; [rows, hidden]
  private float[] states = new float[0]; // c, from the initial one on; [rows + batch, hidden]
  private float[] gates = new float[0]; // f then r of each row; [rows, 2 * hidden]
  private float[] stepGates = new float[0]; // the gates of one step; [batch, 2 * hidden]
  final float[] recurrentGradient; // dv; [2 * hidden]
  final float[] biasGradient; // db; [2 * hidden]
  private float[] stateGradient = new float[0]; // what comes back from the step after; [batch, H]

  SruWalk(int hidden, int blocks, float highwayScale) {
    this.hidden = hidden;
    this.blocks = blocks;
    this.highwayScale = highwayScale;
    this.recurrentGradient = new float[2 * hidden];
    this.biasGradient = new float[2 * hidden];
  }

  /** Makes room, and starts from the given state. */
  void reset(int newBatch, int newSteps, float @Nullable [] initialState) {
    batch = newBatch;
    steps = newSteps;
    int cells = batch * steps * hidden;
    if (outputs.length < cells) {
      projected = new float[cells * blocks];
      inputs = new float[blocks == 4 ? 0 : cells];
      outputs = new float[cells];
      gates = new float[2 * cells];
    }
    int perStep = batch * hidden;
    if (states.length < cells + perStep) {
      states = new float[cells + perStep];
    }
    if (stateGradient.length < perStep) {
      stateGradient = new float[perStep];
      stepGates = new float[2 * perStep];
    }
    if (initialState == null) {
      Arrays.fill(states, 0, perStep, 0f);
    } else {
      System.arraycopy(initialState, 0, states, 0, perStep);
    }
  }

  int batch() {
    return batch;
  }

  int steps() {
    return steps;
  }

  /** c after the last step, [batch, hidden]. */
  float[] lastState() {
    int perStep = batch * hidden;
    return Arrays.copyOfRange(states, steps * perStep, (steps + 1) * perStep);
  }

  /**
   * Walks forward, from {@code projected} and {@code inputs} to {@code outputs}.
   *
   * @param recurrent [2 * hidden] v_f, v_r
   * @param bias [2 * hidden] b_f, b_r
   * @param mask [rows] 0: this step gives and leaves 0; null: none is masked
   */
  void forward(float[] recurrent, float[] bias, float @Nullable [] mask) {
    int stepGateCount = 2 * batch * hidden;
    for (int t = 0; t < steps; t++) {
      for (int b = 0; b < batch; b++) {
        gatesBeforeSigmoid(t * batch + b, b, recurrent, bias);
      }
      Rational.sigmoid(stepGates, 0, stepGateCount);
      System.arraycopy(stepGates, 0, gates, t * stepGateCount, stepGateCount);
      for (int row = t * batch; row < (t + 1) * batch; row++) {
        if (mask != null && mask[row] == 0f) {
          Arrays.fill(outputs, row * hidden, (row + 1) * hidden, 0f);
          Arrays.fill(states, (row + batch) * hidden, (row + batch + 1) * hidden, 0f);
        } else {
          combine(row);
        }
      }
    }
  }

  private void gatesBeforeSigmoid(int row, int b, float[] recurrent, float[] bias) {
    int u = row * blocks * hidden + hidden;
    int before = row * hidden; // states begin one step early
    int gate = 2 * b * hidden;
    for (int j = 0; j < hidden; j++) {
      stepGates[gate + j] = projected[u + j] + recurrent[j] * states[before + j] + bias[j];
    }
    for (int j = 0; j < hidden; j++) {
      stepGates[gate + hidden + j] =
          projected[u + hidden + j] + recurrent[hidden + j] * states[before + j] + bias[hidden + j];
    }
  }

  private void combine(int row) {
    int u = row * blocks * hidden;
    int before = row * hidden;
    int after = (row + batch) * hidden;
    int gate = 2 * row * hidden;
    float[] highway = blocks == 4 ? projected : inputs;
    int way = blocks == 4 ? u + 3 * hidden : row * hidden;
    for (int j = 0; j < hidden; j++) {
      float candidate = projected[u + j];
      float c = candidate + gates[gate + j] * (states[before + j] - candidate);
      float through = highwayScale * highway[way + j];
      states[after + j] = c;
      outputs[row * hidden + j] = through + gates[gate + hidden + j] * (c - through);
    }
  }

  /**
   * Walks back, from the gradient by h to those by U (in {@code projected}), by the highway's input
   * times α (in {@code inputs}), v and b.
   *
   * @param outputGradient [rows, hidden] δh
   * @param firstStep errors flow back to this step and no further
   */
  void backward(float[] outputGradient, float[] recurrent, float @Nullable [] mask, int firstStep) {
    Arrays.fill(stateGradient, 0, batch * hidden, 0f);
    Arrays.fill(recurrentGradient, 0f);
    Arrays.fill(biasGradient, 0f);
    for (int row = batch * steps - 1; row >= firstStep * batch; row--) {
      if (mask != null && mask[row] == 0f) {
        clear(row);
      } else {
        backward(row, outputGradient, recurrent);
      }
    }
    for (int row = 0; row < firstStep * batch; row++) {
      clear(row);
    }
  }

  private void clear(int row) {
    int state = (row % batch) * hidden;
    Arrays.fill(stateGradient, state, state + hidden, 0f);
    Arrays.fill(projected, row * blocks * hidden, (row + 1) * blocks * hidden, 0f);
    if (blocks == 3) {
      Arrays.fill(inputs, row * hidden, (row + 1) * hidden, 0f);
    }
  }

  private void backward(int row, float[] outputGradient, float[] recurrent) {
    int u = row * blocks * hidden;
    int before = row * hidden;
    int gate = 2 * row * hidden;
    int state = (row % batch) * hidden;
    float[] highway = blocks == 4 ? projected : inputs;
    int way = blocks == 4 ? u + 3 * hidden : row * hidden;
    for (int j = 0; j < hidden; j++) {
      float f = gates[gate + j];
      float r = gates[gate + hidden + j];
      float candidate = projected[u + j];
      float cBefore = states[before + j];
      float c = states[before + batch * hidden + j];
      float dh = outputGradient[row * hidden + j];
      float dc = dh * r + stateGradient[state + j];
      float dzf = dc * (cBefore - candidate) * f * (1 - f);
      float dzr = dh * (c - highwayScale * highway[way + j]) * r * (1 - r);
      projected[u + j] = dc * (1 - f);
      projected[u + hidden + j] = dzf;
      projected[u + 2 * hidden + j] = dzr;
      highway[way + j] = highwayScale * dh * (1 - r);
      stateGradient[state + j] = dc * f + dzf * recurrent[j] + dzr * recurrent[hidden + j];
      recurrentGradient[j] += dzf * cBefore;
      recurrentGradient[hidden + j] += dzr * cBefore;
      biasGradient[j] += dzf;
      biasGradient[hidden + j] += dzr;
    }
  }
}
