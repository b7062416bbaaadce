package dev.eddy.model.encoding;

import dev.eddy.model.spec.InputEncoding.NumericFeature;
import java.util.List;

/**
 * Encodes one numeric feature as three inputs: z-scored globally, z-scored by the key's own running
 * mean and deviation (this observation included), and whether it is missing. A missing value is
 * filled with the key's last one; before any, both scores are 0. The key's own mean and deviation
 * are shrunk towards the global ones, which count as so many observations as the feature's {@code
 * ownPrior}. The key's statistics follow Welford (1962), so they neither overflow nor cancel. Its
 * {@link RunningDeviations} stand apart.
 */
final class NumericEncoder {
  static final int INPUTS = 3;

  private static final double CLIP = 5;
  private static final double DEVIATION_FLOOR = 0.01;

  private final boolean log1p;
  private final double mean;
  private final double deviation;
  private final double prior; // observations
  private final int statisticsAt;
  private final int valueAt;
  private final RunningDeviations deviations;

  NumericEncoder(
      NumericFeature feature, int index, List<Integer> deviationSpans, MemoryLayout layout) {
    this.log1p = feature.log1p();
    this.mean = feature.mean();
    this.deviation = feature.deviation();
    this.prior = feature.ownPrior();
    this.statisticsAt = layout.feature(index);
    this.valueAt = index;
    this.deviations = new RunningDeviations(deviationSpans, layout.deviations(index));
  }

  void encode(double observed, KeyMemory memory, float[] inputs, int at) {
    double[] statistics = memory.statistics();
    double[] values = memory.values();
    boolean missing = !Double.isFinite(observed);
    double filled = missing ? values[valueAt] : observed;
    inputs[at + 2] = missing ? 1 : 0;
    if (Double.isNaN(filled)) {
      inputs[at] = 0;
      inputs[at + 1] = 0;
      return;
    }
    double value = transformed(filled);
    if (!missing) {
      values[valueAt] = observed;
      learn(value, statistics);
    }
    score(value, statistics, inputs, at);
  }

  /**
   * Encodes a value that is not the key's present one, and so teaches its statistics nothing.
   *
   * @param told NaN where missing
   */
  void encodeTold(double told, double[] statistics, float[] inputs, int at) {
    boolean missing = Double.isNaN(told);
    inputs[at + 2] = missing ? 1 : 0;
    if (missing) {
      inputs[at] = 0;
      inputs[at + 1] = 0;
    } else {
      score(transformed(told), statistics, inputs, at);
    }
  }

  private double transformed(double value) {
    return log1p ? StrictMath.log1p(Math.max(value, 0)) : value;
  }

  private void score(double value, double[] statistics, float[] inputs, int at) {
    boolean unknown = prior + statistics[statisticsAt + MemoryLayout.COUNT] == 0;
    inputs[at] = clip((value - mean) / deviation);
    inputs[at + 1] = unknown ? 0 : clip(ownScore(value, statistics));
  }

  /**
   * Writes an input for each span of the running deviations, after {@link #encode}; returns the
   * place behind them.
   */
  int encodeDeviations(double[] statistics, float[] inputs, int at) {
    double count = statistics[statisticsAt + MemoryLayout.COUNT];
    double share = prior / (prior + count);
    double own = count == 0 ? deviation : ownDeviation(count, share, statistics);
    deviations.encode(count, own, statistics, inputs, at);
    return at + deviations.inputs();
  }

  static float clip(double value) {
    return (float) Math.max(-CLIP, Math.min(CLIP, value));
  }

  private void learn(double value, double[] statistics) {
    double count = statistics[statisticsAt + MemoryLayout.COUNT] + 1;
    double before = value - statistics[statisticsAt + MemoryLayout.MEAN];
    double newMean = statistics[statisticsAt + MemoryLayout.MEAN] + before / count;
    statistics[statisticsAt + MemoryLayout.COUNT] = count;
    statistics[statisticsAt + MemoryLayout.MEAN] = newMean;
    statistics[statisticsAt + MemoryLayout.SQUARES] += before * (value - newMean);
    deviations.learn(value, count, statistics);
  }

  private double ownScore(double value, double[] statistics) {
    double count = statistics[statisticsAt + MemoryLayout.COUNT];
    double keyMean = statistics[statisticsAt + MemoryLayout.MEAN];
    double share = prior / (prior + count);
    double ownMean = keyMean + share * (mean - keyMean);
    return (value - ownMean) / ownDeviation(count, share, statistics);
  }

  /** Of the key's values, and as many as the prior of the global mean and deviation. */
  private double ownDeviation(double count, double share, double[] statistics) {
    double offset = mean - statistics[statisticsAt + MemoryLayout.MEAN];
    double squares =
        statistics[statisticsAt + MemoryLayout.SQUARES]
            + prior * deviation * deviation
            + share * count * offset * offset;
    return Math.max(Math.sqrt(squares / (prior + count)), DEVIATION_FLOOR * deviation);
  }
}
