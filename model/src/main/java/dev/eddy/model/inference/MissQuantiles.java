package dev.eddy.model.inference;

import dev.eddy.model.spec.Calibration;

/**
 * The quantile function of each interval's scores, to be read at any level: linear between the
 * levels that are known, constant from the last one to 1. Beyond 1, where a level comes to lie when
 * even the widest known interval keeps missing, it grows without bound, twice as far for every
 * {@value #DOUBLING} more, so that any coverage can be reached. Immutable.
 */
final class MissQuantiles {
  private static final double DOUBLING = 0.1;

  private final double[] levels;
  private final float[] scores; // [intervals, levels]
  private final int middle; // the level nearest to one half

  MissQuantiles(Calibration calibration) {
    levels = calibration.levels().stream().mapToDouble(Double::doubleValue).toArray();
    scores = new float[calibration.scores().size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = calibration.scores().get(i);
    }
    middle = levels.length / 2;
  }

  /**
   * The score that is not exceeded with probability {@code level}, in residual units.
   *
   * @param interval column * pairs + pair
   */
  double read(int interval, double level) {
    int from = interval * levels.length;
    int last = levels.length - 1;
    if (level <= levels[0]) {
      return scores[from];
    }
    if (level < levels[last]) {
      return between(from, level);
    }
    double top = scores[from + last];
    if (level <= 1) {
      return top;
    }
    double reach = Math.max(1, top - scores[from + middle]);
    return top + reach * (StrictMath.pow(2, (level - 1) / DOUBLING) - 1);
  }

  private double between(int from, double level) {
    int below = 0;
    int above = levels.length - 1;
    while (above - below > 1) {
      int half = (below + above) >>> 1;
      if (levels[half] <= level) {
        below = half;
      } else {
        above = half;
      }
    }
    double share = (level - levels[below]) / (levels[above] - levels[below]);
    return scores[from + below] + share * ((double) scores[from + above] - scores[from + below]);
  }
}
