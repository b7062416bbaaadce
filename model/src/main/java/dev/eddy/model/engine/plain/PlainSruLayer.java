package dev.eddy.model.engine.plain;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.kernel.plain.PlainMatrix;
import dev.eddy.model.kernel.plain.PlainTanh;
import dev.eddy.model.spec.layer.SruShape;
import dev.eddy.model.spec.layer.TensorShape;

/**
 * A layer of Simple Recurrent Units, as {@code engine.simd} computes it: f and r see c as it was, c
 * = f ⊙ c + (1 − f) ⊙ U_c, h = r ⊙ c + (1 − r) ⊙ α · x.
 */
final class PlainSruLayer implements PlainLayer {
  private static final float[] PLAIN_SCALES = {1f, 0.5f, 0.5f}; // c, f, r
  private static final float[] PROJECTED_SCALES = {1f, 0.5f, 0.5f, 1f}; // and the highway's x'

  private final PlainMatrix weight; // [D, G * H]
  private final float[] bias; // [G * H], only the gates have one
  private final float[] recurrent; // [v_f | v_r], halved
  private final float highwayScale; // alpha
  private final float[] sums; // [c | f | r | (x')]
  private final boolean projected;
  private final int units;

  PlainSruLayer(SruShape shape, LayerWeights weights) {
    units = shape.units();
    projected = shape.projects();
    float[] scales = projected ? PROJECTED_SCALES : PLAIN_SCALES;
    float[] gates = weights.values(TensorShape.WEIGHT);
    weight = PlainMatrix.of(gates, shape.inputs(), units, scales);
    sums = new float[scales.length * units];
    bias = new float[sums.length];
    float[] biases = PlainMatrix.scaled(weights.values(TensorShape.BIAS), 0, units, 0.5f, 0.5f);
    System.arraycopy(biases, 0, bias, units, biases.length);
    recurrent = PlainMatrix.scaled(weights.values(TensorShape.RECURRENT), 0, units, 0.5f, 0.5f);
    highwayScale = weights.values(TensorShape.HIGHWAY_SCALE)[0];
  }

  @Override
  public void step(float[] inputs, int x, float[] hidden, int state, float[] outputs, int h) {
    System.arraycopy(bias, 0, sums, 0, bias.length);
    weight.add(inputs, x, sums);
    for (int unit = 0; unit < units; unit++) {
      float cell = hidden[state + unit];
      int forget = units + unit;
      int reset = 2 * units + unit;
      sums[forget] = Math.fma(recurrent[unit], cell, sums[forget]);
      sums[reset] = Math.fma(recurrent[forget], cell, sums[reset]);
    }
    PlainTanh.apply(sums, units, 3 * units);
    if (projected) {
      mix(sums, 3 * units, hidden, state, outputs, h);
    } else {
      mix(inputs, x, hidden, state, outputs, h);
    }
  }

  private void mix(float[] highway, int x, float[] hidden, int state, float[] outputs, int h) {
    for (int unit = 0; unit < units; unit++) {
      float candidate = sums[unit];
      float forget = Math.fma(sums[units + unit], 0.5f, 0.5f);
      float cell = Math.fma(forget, hidden[state + unit] - candidate, candidate);
      float carried = highway[x + unit] * highwayScale;
      float reset = Math.fma(sums[2 * units + unit], 0.5f, 0.5f);
      hidden[state + unit] = cell;
      outputs[h + unit] = Math.fma(reset, cell - carried, carried);
    }
  }
}
