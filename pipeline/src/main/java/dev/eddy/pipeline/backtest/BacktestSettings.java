package dev.eddy.pipeline.backtest;

import dev.eddy.settings.Require;
import java.time.Instant;
import java.util.Optional;

/**
 * Settings of a backtest: what of a history it scores.
 *
 * @param origin after which observations forecasts are scored
 * @param warmup how many first observations of each key are stepped but not scored
 * @param from the first event time of the scored period; empty: the test part of {@code
 *     training.split} if {@code to} is empty too, else all
 * @param to the event time before which the scored period ends; empty: never
 */
public record BacktestSettings(
    ScoredOrigins origin, int warmup, Optional<Instant> from, Optional<Instant> to) {
  public BacktestSettings {
    Require.atLeast(0, "--warmup", warmup);
    if (from.isPresent() && to.isPresent()) {
      Instant begin = from.get();
      Require.that(begin.isBefore(to.get()), "--to", to.get(), "later than --from, " + begin);
    }
  }

  /** Whether the scored period is the test part of the deployment's split. */
  boolean scoresTestPart() {
    return from.isEmpty() && to.isEmpty();
  }

  /**
   * When the scored period begins.
   *
   * @param testFrom when the test part does
   */
  Instant begin(Optional<Instant> testFrom) {
    return (scoresTestPart() ? testFrom : from).orElse(Instant.MIN);
  }

  /** The scored period, in words. */
  public String period() {
    if (scoresTestPart()) {
      return "test part";
    }
    return from.map(first -> "from " + first).orElse("all")
        + to.map(end -> " to before " + end).orElse("");
  }

  /** Whether an event time is within {@code from} and {@code to}. */
  boolean contains(long time) {
    return from.map(first -> time >= first.toEpochMilli()).orElse(true)
        && to.map(end -> time < end.toEpochMilli()).orElse(true);
  }
}
