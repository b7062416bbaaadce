package dev.eddy.model.spec;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What online calibration of a forecast's intervals starts from: how far actuals lay outside the
 * intervals of forecasts that the network was not trained on. The score of one such forecast is
 * {@code max(lower - actual, actual - upper) / unit}, negative where the actual lay inside
 * (conformalised quantile regression; Romano, Patterson and Candès 2019).
 *
 * @param levels ascending, above 0 and below 1: of which quantiles of the scores are known
 * @param scores [columns * pairs * levels] those quantiles, in residual units, not descending along
 *     the levels; the pairs of a column from the innermost interval to the outermost
 * @param learnsFrom from which event time on keys learn from their actuals: after the newest one
 *     that the network was trained on, whose forecasts are too sure; empty: from any
 */
public record Calibration(List<Double> levels, List<Float> scores, Optional<Instant> learnsFrom) {
  public Calibration {
    levels = List.copyOf(levels);
    scores = List.copyOf(scores);
    SpecCheck.notEmpty("head.calibration.levels", levels);
    SpecCheck.ascending("head.calibration.levels", levels, Double.MIN_VALUE);
    if (levels.get(levels.size() - 1) >= 1) {
      throw new IllegalArgumentException(
          "head.calibration.levels: " + levels + " (must lie between 0 and 1)");
    }
    for (int i = 0; i < scores.size(); i++) {
      boolean first = i % levels.size() == 0;
      if (!Float.isFinite(scores.get(i)) || (!first && scores.get(i) < scores.get(i - 1))) {
        throw new IllegalArgumentException(
            "head.calibration.scores: "
                + scores.get(i)
                + " at "
                + i
                + " (must be finite and not descend along the levels)");
      }
    }
  }
}
