package dev.eddy.model.inference;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * Scores quantile forecasts of any number of keys online, as their actuals arrive, beside
 * persistence and seasonal naive over the same targets (prequential evaluation, Dawid 1984). For
 * each observation call {@link #observe}, then {@link #forecast} with what the model said after it.
 *
 * <p>A forecast is scored if its target is observed, its target's time belongs to the scored
 * period, and its key had an observed target when it was made (without one there is no
 * persistence). Confined to one thread; memory grows with the number of keys.
 */
public final class ForecastScores {
  private final List<Integer> horizons;
  private final double[] quantiles;
  private final int median;
  private final Optional<Duration> interval;
  private final int season;
  private final LongPredicate scored;
  private final HorizonMatcher.Listener listener;
  private final Map<String, KeyScorer> keys = new TreeMap<>();

  /**
   * Scores for forecasts of one shape.
   *
   * @param quantiles ascending levels, 0.5 among them
   * @param season P of seasonal naive, in observations or intervals
   * @param scored which target times belong to the scored period, epoch milliseconds
   */
  public ForecastScores(
      List<Integer> horizons,
      List<Double> quantiles,
      Optional<Duration> interval,
      int season,
      LongPredicate scored) {
    this(horizons, quantiles, interval, season, scored, (h, o, t, actual, values, offset) -> {});
  }

  /**
   * As above, and tells {@code listener} of every scored forecast.
   *
   * @param listener its values are the quantiles, then persistence, then seasonal naive
   */
  public ForecastScores(
      List<Integer> horizons,
      List<Double> quantiles,
      Optional<Duration> interval,
      int season,
      LongPredicate scored,
      HorizonMatcher.Listener listener) {
    this.horizons = List.copyOf(horizons);
    this.quantiles = quantiles.stream().mapToDouble(Double::doubleValue).toArray();
    this.median = quantiles.indexOf(0.5);
    if (median < 0) {
      throw new IllegalArgumentException("quantiles: " + quantiles + " (must hold 0.5)");
    }
    this.interval = interval;
    this.season = season;
    this.scored = scored;
    this.listener = listener;
  }

  /**
   * Takes in a key's next observation, and scores the forecasts that were made for it.
   *
   * @param actual the target, NaN where unobserved
   */
  public void observe(String key, long time, float actual) {
    keys.computeIfAbsent(key, unknown -> new KeyScorer()).observe(time, actual);
  }

  /**
   * Keeps the forecast made after the key's last observation.
   *
   * @param forecast [horizons * quantiles] copied
   */
  public void forecast(String key, float[] forecast) {
    KeyScorer scorer = keys.get(key);
    if (scorer == null) {
      throw new IllegalStateException("forecast of " + key + " (its observation comes first)");
    }
    scorer.forecast(forecast);
  }

  /** Scores of each key, by name, and horizon; those with nothing scored are left out. */
  public List<ForecastScore> perKey() {
    List<ForecastScore> scores = new ArrayList<>();
    keys.forEach(
        (key, scorer) -> {
          for (int horizon = 0; horizon < horizons.size(); horizon++) {
            if (scorer.errors[horizon].count > 0) {
              scores.add(scorer.errors[horizon].score(key, horizons.get(horizon), quantiles));
            }
          }
        });
    return scores;
  }

  /** Scores of each horizon over all keys' forecasts together. */
  public List<ForecastScore> pooled() {
    List<ForecastScore> scores = new ArrayList<>();
    for (int horizon = 0; horizon < horizons.size(); horizon++) {
      ForecastErrors sum = new ForecastErrors();
      for (KeyScorer scorer : keys.values()) {
        sum.add(scorer.errors[horizon]);
      }
      if (sum.count > 0) {
        scores.add(sum.score(ForecastScore.ALL, horizons.get(horizon), quantiles));
      }
    }
    return scores;
  }

  private final class KeyScorer {
    private final int width = quantiles.length + 2;
    private final HorizonMatcher matcher = new HorizonMatcher(horizons, interval, width);
    private final NaiveForecasters naive = new NaiveForecasters(season, interval);
    private final ForecastErrors[] errors = new ForecastErrors[horizons.size()];
    private final float[] joint = new float[horizons.size() * width]; // [horizons, width]

    KeyScorer() {
      for (int horizon = 0; horizon < errors.length; horizon++) {
        errors[horizon] = new ForecastErrors();
      }
    }

    void observe(long time, float actual) {
      matcher.observe(time, actual, this::matched);
      naive.observe(time, actual);
    }

    void forecast(float[] forecast) {
      for (int horizon = 0; horizon < errors.length; horizon++) {
        int at = horizon * width;
        System.arraycopy(forecast, horizon * quantiles.length, joint, at, quantiles.length);
        joint[at + quantiles.length] = naive.last();
        joint[at + quantiles.length + 1] = naive.seasonal(horizons.get(horizon));
      }
      matcher.forecast(joint);
    }

    private void matched(
        int horizon, long originTime, long targetTime, float actual, float[] values, int offset) {
      if (scored.test(targetTime) && !Float.isNaN(values[offset + quantiles.length])) {
        errors[horizon].add(actual, values, offset, quantiles, median);
        listener.matched(horizon, originTime, targetTime, actual, values, offset);
      }
    }
  }
}
