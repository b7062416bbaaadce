package dev.eddy.pipeline.backtest;

import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Parts;
import dev.eddy.model.settings.Split;
import dev.eddy.model.spec.Calibration;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import java.time.Instant;
import java.util.Optional;

/**
 * Says which observations of a history are scored: those of the test part of the deployment's
 * split, or of a period of event times.
 */
final class ScoredPeriod {
  private final BacktestSettings settings;
  private final Split split;
  private final Parts parts;

  ScoredPeriod(BacktestSettings settings, Split split, Parts parts) {
    this.settings = settings;
    this.split = split;
    this.parts = parts;
  }

  /** Whether any observation of a key may be scored. */
  boolean mayHold(String key) {
    return !settings.scoresTestPart() || parts.mayTest(key);
  }

  /** Whether an observation of this key and time is scored. */
  boolean holds(String key, long time) {
    return settings.scoresTestPart() ? parts.isTest(key, time) : settings.contains(time);
  }

  /**
   * The row before the first one that is scored; -1 if there is none.
   *
   * @param ranks of the key's observations in order; -1 for one out of order
   */
  int lastBefore(KeyHistory of, int[] ranks) {
    int last = -1;
    for (int row = 0; row < ranks.length; row++) {
      if (ranks[row] >= 0) {
        if (holds(of.key(), of.time(row))) {
          return last;
        }
        last = row;
      }
    }
    return -1;
  }

  /** Says that a model has learned from what is scored, if it may have. */
  Optional<String> warning(ModelSpec model) {
    Optional<Instant> testFrom =
        split instanceof Split.ByTime byTime ? Optional.of(byTime.testFrom()) : Optional.empty();
    if (settings.scoresTestPart() && testFrom.isEmpty()) {
      return Optional.empty();
    }
    Instant begin = settings.begin(testFrom);
    Optional<Instant> unseenFrom = learnsFrom(model).or(() -> testFrom);
    if (unseenFrom.isPresent() && !begin.isBefore(unseenFrom.get())) {
      return Optional.empty();
    }
    return Optional.of(
        "warning: the model may have learned from what is scored ("
            + unseenFrom
                .map(from -> "it is new to it from " + from + " on)")
                .orElse("only the test part of training.split is new to it)"));
  }

  private static Optional<Instant> learnsFrom(ModelSpec model) {
    return model.head() instanceof Head.Forecast forecast
        ? forecast.calibration().flatMap(Calibration::learnsFrom)
        : Optional.empty();
  }
}
