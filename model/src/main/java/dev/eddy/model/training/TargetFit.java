package dev.eddy.model.training;

import dev.eddy.model.inference.UnitPriorFit;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * What the training part says of one target: its unit prior, and at each horizon the residuals of
 * every baseline that may be chosen. A baseline is the mean of single ones: the last value, and
 * each season.
 */
final class TargetFit {
  private static final int MOST_SINGLES = 5; // 31 candidates
  private static final int SAMPLE = 50_000; // residuals kept of a candidate at a horizon
  private static final int LEAST_SAMPLE = 100;
  private static final int SAMPLES =
      20_000_000; // residuals kept of all, 80 MB, where each may keep the least

  private final String name;
  private final ModelSettings settings;
  private final List<Head.Baseline> singles = new ArrayList<>(); // last, then each season
  private final List<Head.Baseline> candidates = new ArrayList<>();
  private final List<boolean[]> members = new ArrayList<>(); // [candidates][singles]
  private final UnitPriorFit unitPrior = new UnitPriorFit();
  private final double[][] absolute; // [candidates][horizons] sums of |residual|
  private final Reservoir[][] residuals; // [candidates][horizons]
  private final long[] counts; // [horizons]

  /**
   * A fit of {@code target}.
   *
   * @param targets how many share the memory
   */
  TargetFit(InputEncoding.Target target, ModelSettings settings, int targets, long seed) {
    this.name = target.name();
    this.settings = settings;
    singles.add(new Head.Baseline(true, List.of()));
    target.seasons().forEach(season -> singles.add(new Head.Baseline(false, List.of(season))));
    settings.fixedBaseline().ifPresentOrElse(this::addCandidate, this::addAllCandidates);
    int horizons = settings.horizons().size();
    counts = new long[horizons];
    absolute = new double[candidates.size()][horizons];
    residuals = new Reservoir[candidates.size()][horizons];
    int share = SAMPLES / (targets * candidates.size() * horizons);
    int sample = Math.max(LEAST_SAMPLE, Math.min(SAMPLE, share));
    for (Reservoir[] ofCandidate : residuals) {
      for (int h = 0; h < horizons; h++) {
        ofCandidate[h] = new Reservoir(sample, seed);
      }
    }
  }

  private void addAllCandidates() {
    for (int set = 1; set < 1 << Math.min(singles.size(), MOST_SINGLES); set++) {
      List<Integer> seasons = new ArrayList<>();
      for (int single = 1; single < singles.size(); single++) {
        if ((set >> single & 1) == 1) {
          seasons.addAll(singles.get(single).seasons());
        }
      }
      addCandidate(new Head.Baseline((set & 1) == 1, seasons));
    }
  }

  private void addCandidate(Head.Baseline candidate) {
    boolean[] member = new boolean[singles.size()];
    member[0] = candidate.last();
    for (int single = 1; single < singles.size(); single++) {
      member[single] = candidate.seasons().containsAll(singles.get(single).seasons());
    }
    candidates.add(candidate);
    members.add(member);
  }

  /** How many single baselines this target has. */
  int singles() {
    return singles.size();
  }

  /** A single baseline; the last value for those that only other targets have. */
  Head.Baseline single(int number) {
    return singles.get(number < singles.size() ? number : 0);
  }

  /** Adds what a key's training part left of its mean change and mean magnitude. */
  void addUnit(double meanChange, double meanMagnitude) {
    unitPrior.add(meanChange, meanMagnitude);
  }

  Head.UnitPrior unitPrior() {
    return unitPrior.fit();
  }

  /**
   * Adds one actual.
   *
   * @param origins [singles][at + horizons + 1] of the forecast, by single baseline
   * @param at where this target's origin begins
   */
  void add(float[][] origins, int at, int horizon, float actual) {
    counts[horizon]++;
    float unit = origins[0][at + counts.length];
    for (int c = 0; c < candidates.size(); c++) {
      double baseline = 0;
      int parts = 0;
      for (int single = 0; single < singles.size(); single++) {
        if (members.get(c)[single]) {
          baseline += origins[single][at + horizon];
          parts++;
        }
      }
      float residual = (float) ((actual - baseline / parts) / unit);
      absolute[c][horizon] += Math.abs(residual);
      residuals[c][horizon].add(residual);
    }
  }

  /**
   * The target's part of the head.
   *
   * @throws IllegalArgumentException if a horizon has no observed target in the training part
   */
  Head.TargetHead head() {
    List<Head.Baseline> baselines = new ArrayList<>();
    List<Float> quantiles = new ArrayList<>();
    double[] levels = settings.quantiles().stream().mapToDouble(Double::doubleValue).toArray();
    for (int h = 0; h < counts.length; h++) {
      Require.that(
          counts[h] > 0,
          "model.horizons: " + settings.horizons().get(h),
          "no observed " + name + " in the training part",
          "within reach of the history");
      int best = best(h);
      baselines.add(candidates.get(best));
      double[] found = residuals[best][h].quantiles(levels);
      double median = found[settings.quantiles().indexOf(0.5)];
      for (double quantile : found) {
        quantiles.add((float) (quantile - median));
      }
    }
    return new Head.TargetHead(name, baselines, quantiles, unitPrior.fit());
  }

  /** For each horizon 1 / (the baseline's mean absolute residual), in residual units. */
  DoubleStream weights() {
    return IntStream.range(0, counts.length)
        .mapToDouble(h -> absolute[best(h)][h] / counts[h])
        .map(mean -> mean > 0 ? 1 / mean : 1);
  }

  private int best(int horizon) {
    int best = 0;
    for (int c = 1; c < candidates.size(); c++) {
      best = absolute[c][horizon] < absolute[best][horizon] ? c : best;
    }
    return best;
  }
}
