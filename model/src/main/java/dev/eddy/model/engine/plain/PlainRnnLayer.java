package dev.eddy.model.engine.plain;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.kernel.plain.PlainMatrix;
import dev.eddy.model.kernel.plain.PlainTanh;
import dev.eddy.model.spec.layer.RnnShape;
import dev.eddy.model.spec.layer.TensorShape;

/**
 * A layer of plain recurrent units, leaky or not, as {@code engine.simd} computes it: h = (1 − a) ⊙
 * h + a ⊙ tanh(sums).
 */
final class PlainRnnLayer implements PlainLayer {
  private final PlainMatrix weight; // [D, H]
  private final PlainMatrix recurrent; // [H, H]
  private final float[] bias; // [H]
  private final float[] sums; // [H]
  private final float leak;

  PlainRnnLayer(RnnShape shape, LayerWeights weights) {
    int units = shape.units();
    float[] input = weights.values(TensorShape.WEIGHT);
    weight = PlainMatrix.of(input, shape.inputs(), units, 1f);
    recurrent = PlainMatrix.of(weights.values(TensorShape.RECURRENT), units, units, 1f);
    bias = weights.values(TensorShape.BIAS).clone();
    sums = new float[units];
    leak = (float) shape.leak();
  }

  @Override
  public void step(float[] inputs, int x, float[] hidden, int state, float[] outputs, int h) {
    System.arraycopy(bias, 0, sums, 0, bias.length);
    weight.add(inputs, x, sums);
    recurrent.add(hidden, state, sums);
    PlainTanh.apply(sums, 0, sums.length);
    if (leak != 1) {
      float rest = 1 - leak;
      for (int unit = 0; unit < sums.length; unit++) {
        sums[unit] = Math.fma(leak, sums[unit], rest * hidden[state + unit]);
      }
    }
    System.arraycopy(sums, 0, outputs, h, sums.length);
    System.arraycopy(sums, 0, hidden, state, sums.length);
  }
}
