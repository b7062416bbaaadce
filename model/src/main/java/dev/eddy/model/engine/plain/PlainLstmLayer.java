package dev.eddy.model.engine.plain;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.kernel.plain.PlainMatrix;
import dev.eddy.model.kernel.plain.PlainTanh;
import dev.eddy.model.spec.layer.LstmShape;
import dev.eddy.model.spec.layer.TensorShape;

/**
 * A layer of Long Short-Term Memory, as {@code engine.simd} computes it: c = f ⊙ c + i ⊙ g, h = o ⊙
 * tanh(c). Where there are peepholes, i and f see c before the step and o after it.
 */
final class PlainLstmLayer implements PlainLayer {
  private static final float[] SCALES = {0.5f, 0.5f, 1f, 0.5f}; // i, f, g, o

  private final PlainMatrix weight; // [D, 4H]
  private final PlainMatrix recurrent; // [H, 4H]
  private final float[] bias; // [4H]
  private final float[] peephole; // [p_i | p_f | p_o], halved; empty where there are none
  private final float[] sums; // [i | f | g | o]
  private final float[] activated; // [H], tanh(c)
  private final int units;

  PlainLstmLayer(LstmShape shape, LayerWeights weights) {
    units = shape.units();
    float[] gates = weights.values(TensorShape.WEIGHT);
    weight = PlainMatrix.of(gates, shape.inputs(), units, SCALES);
    recurrent = PlainMatrix.of(weights.values(TensorShape.RECURRENT), units, units, SCALES);
    bias = PlainMatrix.scaled(weights.values(TensorShape.BIAS), 0, units, SCALES);
    peephole =
        shape.peephole()
            ? PlainMatrix.scaled(weights.values(TensorShape.PEEPHOLE), 0, units, 0.5f, 0.5f, 0.5f)
            : new float[0];
    sums = new float[bias.length];
    activated = new float[units];
  }

  @Override
  public void step(float[] inputs, int x, float[] hidden, int state, float[] outputs, int h) {
    int cell = state + units;
    System.arraycopy(bias, 0, sums, 0, bias.length);
    weight.add(inputs, x, sums);
    recurrent.add(hidden, state, sums);
    if (peephole.length == 0) {
      PlainTanh.apply(sums, 0, 4 * units);
      updateCells(hidden, cell);
    } else {
      see(0, hidden, cell, 0);
      see(units, hidden, cell, units);
      PlainTanh.apply(sums, 0, 3 * units);
      updateCells(hidden, cell);
      see(2 * units, hidden, cell, 3 * units);
      PlainTanh.apply(sums, 3 * units, 4 * units);
    }
    System.arraycopy(hidden, cell, activated, 0, units);
    PlainTanh.apply(activated, 0, units);
    for (int unit = 0; unit < units; unit++) {
      outputs[h + unit] = Math.fma(sums[3 * units + unit], 0.5f, 0.5f) * activated[unit];
    }
    System.arraycopy(outputs, h, hidden, state, units);
  }

  /** Adds to a gate's sums what it sees of the cells. */
  private void see(int weights, float[] hidden, int cell, int gate) {
    for (int unit = 0; unit < units; unit++) {
      int sum = gate + unit;
      sums[sum] = Math.fma(peephole[weights + unit], hidden[cell + unit], sums[sum]);
    }
  }

  private void updateCells(float[] hidden, int cell) {
    for (int unit = 0; unit < units; unit++) {
      float input = Math.fma(sums[unit], 0.5f, 0.5f);
      float forget = Math.fma(sums[units + unit], 0.5f, 0.5f);
      float candidate = sums[2 * units + unit];
      hidden[cell + unit] = Math.fma(forget, hidden[cell + unit], input * candidate);
    }
  }
}
