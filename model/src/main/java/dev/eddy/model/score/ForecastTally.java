package dev.eddy.model.score;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Scores quantile forecasts of any number of keys online, as their actuals arrive, beside the naive
 * ones of the same targets (prequential evaluation, Dawid 1984). For each observation call {@link
 * #observe}, then {@link #forecast} with what the model said after it; a forecast that is to be
 * left out is not handed in.
 *
 * <p>A forecast is scored if it is not NaN, its target is observed, its target's time belongs to
 * the scored period, and its key had an observed target when it was made (without one there is no
 * persistence). Confined to one thread; memory grows with the number of keys, and with the
 * forecasts that wait for their actuals in those not {@link #end ended}.
 */
public final class ForecastTally {
  private final ForecastCriteria criteria;
  private final double[] levels; // [quantiles]
  private final Listener listener;
  private final Map<String, KeyTally> keys = new TreeMap<>();

  /** Hears of every scored forecast. */
  @FunctionalInterface
  public interface Listener {
    /**
     * One forecast has met its actual.
     *
     * @param target index of the target
     * @param horizon index of the horizon
     * @param originTime event time of the observation after which the forecast was made
     * @param targetTime event time of the actual
     * @param values [offset + quantiles + naive] the quantiles, then what the naive forecasters
     *     said; valid during the call only
     */
    void scored(
        String key,
        int target,
        int horizon,
        long originTime,
        long targetTime,
        double actual,
        double[] values,
        int offset);
  }

  /** Scores as {@code criteria} says. */
  public ForecastTally(ForecastCriteria criteria) {
    this(criteria, (key, target, horizon, origin, time, actual, values, offset) -> {});
  }

  /** Scores as {@code criteria} says and tells {@code listener} of each scored forecast. */
  public ForecastTally(ForecastCriteria criteria, Listener listener) {
    this.criteria = criteria;
    this.levels = criteria.quantiles().stream().mapToDouble(Double::doubleValue).toArray();
    this.listener = listener;
  }

  /**
   * Takes in a key's next observation, and scores the forecasts that were made for it.
   *
   * @param actuals [targets] NaN where unobserved
   * @param scored whether this observation belongs to the scored period; what comes before the
   *     first one that does is in-sample
   */
  public void observe(String key, long time, double[] actuals, boolean scored) {
    keys.computeIfAbsent(key, KeyTally::new).observe(time, actuals, scored);
  }

  /**
   * Keeps the forecast made after the key's last observation.
   *
   * @param forecast [targets, horizons, quantiles] copied
   */
  public void forecast(String key, double[] forecast) {
    KeyTally tally = keys.get(key);
    if (tally == null) {
      throw new IllegalStateException(
          "key " + key + ": a forecast (must come after its observation)");
    }
    tally.forecast(forecast);
  }

  /** Forgets all of a key but its errors; nothing more of it may come. */
  public void end(String key) {
    KeyTally tally = keys.get(key);
    if (tally != null) {
      Arrays.fill(tally.series, null);
    }
  }

  /** The mean MASE of a key's targets and horizons so far; NaN where it is not known. */
  public double mase(String key) {
    KeyTally tally = keys.get(key);
    if (tally == null) {
      return Double.NaN;
    }
    return IntStream.range(0, criteria.targets().size())
        .boxed()
        .flatMap(
            target ->
                IntStream.range(0, criteria.horizons().size())
                    .filter(horizon -> tally.errors(target, horizon).count() > 0)
                    .mapToObj(horizon -> tally.score(target, horizon).mase()))
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  /** Scores of each key, by name, target and horizon; those with nothing scored are left out. */
  List<ForecastScore> perKey() {
    List<ForecastScore> scores = new ArrayList<>();
    for (KeyTally key : keys.values()) {
      for (int target = 0; target < criteria.targets().size(); target++) {
        for (int horizon = 0; horizon < criteria.horizons().size(); horizon++) {
          if (key.errors(target, horizon).count() > 0) {
            scores.add(key.score(target, horizon));
          }
        }
      }
    }
    return scores;
  }

  /** Scores of each target and horizon over all keys' forecasts together. */
  List<ForecastScore> pooled() {
    List<ForecastScore> scores = new ArrayList<>();
    for (int target = 0; target < criteria.targets().size(); target++) {
      for (int horizon = 0; horizon < criteria.horizons().size(); horizon++) {
        ForecastErrors sum = newErrors(target);
        List<double[]> scored = new ArrayList<>();
        for (KeyTally key : keys.values()) {
          if (key.errors(target, horizon).count() > 0) {
            sum.add(key.errors(target, horizon));
            scored.add(key.errors(target, horizon).scaled(key.scale(target)));
          }
        }
        if (!scored.isEmpty()) {
          scores.add(
              sum.pooled(criteria.targets().get(target), criteria.horizons().get(horizon), scored));
        }
      }
    }
    return scores;
  }

  private ForecastErrors newErrors(int target) {
    return new ForecastErrors(
        levels, criteria.median(), criteria.targets().get(target).naive().size());
  }

  /** One key: the errors of its forecasts, and its targets. */
  private final class KeyTally {
    private final String key;
    private final ForecastErrors[][] errors; // [targets, horizons]
    private final @Nullable TargetSeries[] series; // [targets] null once the key has ended
    private final double[] changes; // [targets] sum of |y[t] - y[t-P]| in-sample
    private final long[] changed; // [targets] how many
    private boolean inSample = true;

    KeyTally(String key) {
      this.key = key;
      int targets = criteria.targets().size();
      errors = new ForecastErrors[targets][criteria.horizons().size()];
      series = new TargetSeries[targets];
      changes = new double[targets];
      changed = new long[targets];
      for (int target = 0; target < targets; target++) {
        for (int horizon = 0; horizon < errors[target].length; horizon++) {
          errors[target][horizon] = newErrors(target);
        }
        series[target] = new TargetSeries(this, target);
      }
    }

    ForecastErrors errors(int target, int horizon) {
      return errors[target][horizon];
    }

    ForecastScore score(int target, int horizon) {
      return errors[target][horizon].score(
          key, criteria.targets().get(target), criteria.horizons().get(horizon), scale(target));
    }

    double scale(int target) {
      return changes[target] / changed[target];
    }

    void observe(long time, double[] actuals, boolean scored) {
      inSample &= !scored;
      for (int target = 0; target < series.length; target++) {
        double change = series(target).observe(time, actuals[target], scored);
        if (inSample && !Double.isNaN(change)) {
          changes[target] += change;
          changed[target]++;
        }
      }
    }

    void forecast(double[] forecast) {
      for (int target = 0; target < series.length; target++) {
        series(target).forecast(forecast);
      }
    }

    private TargetSeries series(int target) {
      TargetSeries found = series[target];
      if (found == null) {
        throw new IllegalStateException(
            "key " + key + ": an observation (must come before its end)");
      }
      return found;
    }
  }

  /** One target of one key, and its forecasts that wait for their actuals. */
  private final class TargetSeries {
    private final KeyTally of;
    private final int target;
    private final int quantiles = criteria.quantiles().size();
    private final int width; // quantiles and naive forecasts of a horizon
    private final HorizonMatcher matcher;
    private final NaiveForecasters naive;
    private final double[] joint; // [horizons, width]
    private boolean scored;

    TargetSeries(KeyTally of, int target) {
      this.of = of;
      this.target = target;
      ForecastCriteria.Target criteriaOfTarget = criteria.targets().get(target);
      width = quantiles + criteriaOfTarget.naive().size();
      matcher = new HorizonMatcher(criteria.horizons(), criteria.interval(), width);
      naive = new NaiveForecasters(criteriaOfTarget, criteria.horizons(), criteria.interval());
      joint = new double[criteria.horizons().size() * width];
    }

    /** Returns |y[t] - y[t-P]|, NaN where unknown. */
    double observe(long time, double actual, boolean belongs) {
      scored = belongs;
      matcher.observe(time, actual, this::matched);
      naive.observe(time, actual);
      return naive.change();
    }

    void forecast(double[] forecast) {
      int horizons = criteria.horizons().size();
      for (int horizon = 0; horizon < horizons; horizon++) {
        int at = horizon * width;
        int from = (target * horizons + horizon) * quantiles;
        System.arraycopy(forecast, from, joint, at, quantiles);
        naive.forecast(horizon, joint, at + quantiles);
      }
      matcher.forecast(joint);
    }

    private void matched(
        int horizon, long originTime, long targetTime, double actual, double[] values, int offset) {
      boolean said = !Double.isNaN(values[offset]) && !Double.isNaN(values[offset + quantiles]);
      if (scored && said) {
        of.errors(target, horizon).add(actual, values, offset);
        listener.scored(of.key, target, horizon, originTime, targetTime, actual, values, offset);
      }
    }
  }
}
