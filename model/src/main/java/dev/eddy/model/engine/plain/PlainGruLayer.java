package dev.eddy.model.engine.plain;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.kernel.plain.PlainMatrix;
import dev.eddy.model.kernel.plain.PlainTanh;
import dev.eddy.model.spec.layer.GruShape;
import dev.eddy.model.spec.layer.TensorShape;

/**
 * A layer of Gated Recurrent Units, as {@code engine.simd} computes it: h = (1 − z) ⊙ h + z ⊙
 * tanh(n + r ⊙ m), the candidate's two parts, n of the inputs and m of h, kept apart.
 */
final class PlainGruLayer implements PlainLayer {
  private static final float[] SCALES = {0.5f, 0.5f, 1f}; // z, r, n

  private final PlainMatrix weight; // [D, 3H]
  private final PlainMatrix recurrent; // [H, 3H]
  private final float[] bias; // [3H]
  private final float[] recurrentBias; // [H], of m
  private final float[] sums; // [z | r | n]
  private final float[] seen; // [z | r | m]
  private final int units;

  PlainGruLayer(GruShape shape, LayerWeights weights) {
    units = shape.units();
    float[] gates = weights.values(TensorShape.WEIGHT);
    weight = PlainMatrix.of(gates, shape.inputs(), units, SCALES);
    recurrent = PlainMatrix.of(weights.values(TensorShape.RECURRENT), units, units, SCALES);
    float[] biases = weights.values(TensorShape.BIAS); // [4H]
    bias = PlainMatrix.scaled(biases, 0, units, SCALES);
    recurrentBias = PlainMatrix.scaled(biases, 3 * units, units, 1f);
    sums = new float[bias.length];
    seen = new float[bias.length];
  }

  @Override
  public void step(float[] inputs, int x, float[] hidden, int state, float[] outputs, int h) {
    System.arraycopy(bias, 0, sums, 0, bias.length);
    weight.add(inputs, x, sums);
    System.arraycopy(sums, 0, seen, 0, 2 * units);
    System.arraycopy(recurrentBias, 0, seen, 2 * units, units);
    recurrent.add(hidden, state, seen);
    PlainTanh.apply(seen, 0, 2 * units);
    for (int unit = 0; unit < units; unit++) {
      float reset = Math.fma(seen[units + unit], 0.5f, 0.5f);
      sums[2 * units + unit] = Math.fma(reset, seen[2 * units + unit], sums[2 * units + unit]);
    }
    PlainTanh.apply(sums, 2 * units, 3 * units);
    for (int unit = 0; unit < units; unit++) {
      float update = Math.fma(seen[unit], 0.5f, 0.5f);
      float before = hidden[state + unit];
      outputs[h + unit] = Math.fma(update, sums[2 * units + unit] - before, before);
    }
    System.arraycopy(outputs, h, hidden, state, units);
  }
}
