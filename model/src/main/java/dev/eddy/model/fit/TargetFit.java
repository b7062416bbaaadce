package dev.eddy.model.fit;

import dev.eddy.model.encoding.BaselineForecasters;
import dev.eddy.model.settings.ModelSettings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.settings.Require;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;

/**
 * What the training part says of one target: its unit prior, and at each horizon the residuals of
 * every baseline that may be chosen. That is the mean of any of the naive ones, or a linear one
 * where it promises to do better.
 */
final class TargetFit {
  private static final int MOST_NAIVE = 5; // 31 means
  private static final int SAMPLE = 50_000; // residuals kept of a mean at a horizon
  private static final int LEAST_SAMPLE = 100;
  private static final int SAMPLES =
      20_000_000; // residuals kept of all, 80 MB, where each may keep the least
  private static final int ROWS = 400_000; // kept for the linear fits of all columns
  private static final int MOST_ROWS = 20_000;
  private static final int LEAST_ROWS = 1_000; // columns that may keep fewer get no linear fit
  private static final int ROWS_PER_TERM = 20;
  private static final double FAR = 50; // residual units: what lies further says no more
  private static final double CLEARLY = 0.95; // of the error of the best mean

  private final InputEncoding.Target target;
  private final ModelSettings settings;
  private final List<BaselineTerms> terms = new ArrayList<>(); // of each horizon
  private final List<Head.Mean> means = new ArrayList<>();
  private final List<boolean[]> members = new ArrayList<>(); // [means][naive terms]
  private final UnitPriorFit unitPrior = new UnitPriorFit();
  private final double[][] absolute; // [means][horizons] sums of |residual|, FAR at most
  private final Reservoir[][] residuals; // [means][horizons]
  private final List<LinearFit> linear = new ArrayList<>(); // of each horizon; none if not wanted
  private final long[] counts; // [horizons]
  private final List<Choice> choices = new ArrayList<>(); // of each horizon, once all is added

  /**
   * A baseline.
   *
   * @param quantiles of its residuals
   * @param error its mean absolute residual
   */
  private record Choice(Head.Baseline baseline, double[] quantiles, double error) {}

  /**
   * A fit of {@code target}.
   *
   * @param targets how many share the memory
   */
  TargetFit(InputEncoding.Target target, ModelSettings settings, int targets, long seed) {
    this.target = target;
    this.settings = settings;
    int horizons = settings.horizons().size();
    settings.horizons().forEach(horizon -> terms.add(new BaselineTerms(target.seasons(), horizon)));
    settings.fixedBaseline().ifPresentOrElse(this::addMean, this::addAllMeans);
    counts = new long[horizons];
    absolute = new double[means.size()][horizons];
    residuals = new Reservoir[means.size()][horizons];
    int share = SAMPLES / (targets * means.size() * horizons);
    int sample = Math.max(LEAST_SAMPLE, Math.min(SAMPLE, share));
    for (Reservoir[] ofMean : residuals) {
      for (int h = 0; h < horizons; h++) {
        ofMean[h] = new Reservoir(sample, seed);
      }
    }
    int rows = Math.min(MOST_ROWS, ROWS / (targets * horizons));
    if (settings.linearBaseline() || (settings.fixedBaseline().isEmpty() && rows >= LEAST_ROWS)) {
      int kept = Math.max(LEAST_ROWS, rows);
      terms.forEach(each -> linear.add(new LinearFit(each.linear(), kept, seed)));
    }
  }

  private void addAllMeans() {
    List<Integer> seasons = target.seasons();
    for (int set = 1; set < 1 << Math.min(1 + seasons.size(), MOST_NAIVE); set++) {
      List<Integer> chosen = new ArrayList<>();
      for (int season = 0; season < seasons.size(); season++) {
        if (((set >> (1 + season)) & 1) == 1) {
          chosen.add(seasons.get(season));
        }
      }
      addMean(new Head.Mean((set & 1) == 1, chosen));
    }
  }

  private void addMean(Head.Mean mean) {
    Require.that(
        target.seasons().containsAll(mean.seasons()),
        "model.baseline",
        settings.baseline(),
        "made of the last value and the seasons " + target.seasons() + " of " + target.name());
    boolean[] member = new boolean[1 + target.seasons().size()];
    member[0] = mean.last();
    for (int season = 0; season < target.seasons().size(); season++) {
      member[1 + season] = mean.seasons().contains(target.seasons().get(season));
    }
    means.add(mean);
    members.add(member);
  }

  /** Adds what a key's training part left of its mean change and mean magnitude. */
  void addUnit(double meanChange, double meanMagnitude) {
    unitPrior.add(meanChange, meanMagnitude);
  }

  Head.UnitPrior unitPrior() {
    return unitPrior.fit();
  }

  /** What says the terms of a key, online. */
  BaselineForecasters forecasters(Optional<Duration> interval) {
    List<List<Head.Baseline>> wanted =
        terms.stream().map(each -> linear.isEmpty() ? each.naive() : each.all()).toList();
    return new BaselineForecasters(target.seasons(), settings.horizons(), wanted, interval);
  }

  /**
   * Adds one actual.
   *
   * @param said the forecasts of the terms, NaN before the target was observed
   * @param unit the key's residual unit
   */
  void add(double[] said, double unit, int horizon, double actual) {
    if (Double.isNaN(said[0])) {
      return;
    }
    counts[horizon]++;
    for (int mean = 0; mean < means.size(); mean++) {
      double baseline = 0;
      int parts = 0;
      for (int term = 0; term < members.get(mean).length; term++) {
        if (members.get(mean)[term]) {
          baseline += said[term];
          parts++;
        }
      }
      float residual = (float) ((actual - baseline / parts) / unit);
      absolute[mean][horizon] += Math.min(FAR, Math.abs(residual));
      residuals[mean][horizon].add(residual);
    }
    if (!linear.isEmpty()) {
      linear.get(horizon).add(row(said, unit, terms.get(horizon), actual));
    }
  }

  /** Distances from the last value, in residual units. */
  private static float[] row(double[] said, double unit, BaselineTerms terms, double actual) {
    float[] row = new float[terms.linear() + 1];
    int naive = terms.naive().size();
    for (int term = 0; term < terms.linear(); term++) {
      row[term] = distance(said[naive + term], said[0], unit);
    }
    row[terms.linear()] = distance(actual, said[0], unit);
    return row;
  }

  private static float distance(double value, double last, double unit) {
    return (float) Math.max(-FAR, Math.min(FAR, (value - last) / unit));
  }

  /**
   * The target's part of the head.
   *
   * @throws IllegalArgumentException if a horizon has no observed target in the training part
   */
  Head.TargetHead head() {
    choose();
    List<Float> quantiles = new ArrayList<>();
    int median = settings.quantiles().indexOf(0.5);
    for (Choice choice : choices) {
      for (double quantile : choice.quantiles) {
        quantiles.add((float) (quantile - choice.quantiles[median]));
      }
    }
    List<Head.Baseline> baselines = choices.stream().map(Choice::baseline).toList();
    return new Head.TargetHead(target.name(), baselines, quantiles, unitPrior.fit());
  }

  /** For each horizon 1 / (the baseline's mean absolute residual), in residual units. */
  DoubleStream weights() {
    choose();
    return choices.stream().mapToDouble(choice -> choice.error > 0 ? 1 / choice.error : 1);
  }

  private void choose() {
    for (int horizon = choices.size(); horizon < counts.length; horizon++) {
      Require.that(
          counts[horizon] > 0,
          "model.horizons: " + settings.horizons().get(horizon),
          "no observed " + target.name() + " in the training part",
          "within reach of the history");
      Choice mean = mean(horizon);
      choices.add(linear(horizon).filter(found -> isChosen(found, mean)).orElse(mean));
    }
  }

  private boolean isChosen(Choice linear, Choice mean) {
    return settings.linearBaseline() || linear.error < CLEARLY * mean.error;
  }

  private Choice mean(int horizon) {
    int best = 0;
    for (int mean = 1; mean < means.size(); mean++) {
      best = absolute[mean][horizon] < absolute[best][horizon] ? mean : best;
    }
    return new Choice(
        means.get(best),
        residuals[best][horizon].quantiles(levels()),
        absolute[best][horizon] / counts[horizon]);
  }

  /** The linear baseline with what is to be expected of it; empty where rows are too few. */
  private Optional<Choice> linear(int horizon) {
    if (linear.isEmpty()) {
      return Optional.empty();
    }
    LinearFit fit = linear.get(horizon);
    BaselineTerms ofHorizon = terms.get(horizon);
    if (!settings.linearBaseline() && fit.count() < ROWS_PER_TERM * ofHorizon.linear()) {
      return Optional.empty();
    }
    double[] unseen = fit.unseenResiduals();
    Reservoir left = new Reservoir(unseen.length, 0);
    double sum = 0;
    for (double residual : unseen) {
      left.add((float) residual);
      sum += Math.abs(residual);
    }
    return Optional.of(
        new Choice(ofHorizon.linear(fit.weights()), left.quantiles(levels()), sum / unseen.length));
  }

  private double[] levels() {
    return settings.quantiles().stream().mapToDouble(Double::doubleValue).toArray();
  }
}
