package dev.eddy.pipeline.judge;

import dev.eddy.connectors.event.Observation;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastCriteria;
import dev.eddy.model.score.ForecastTally;
import dev.eddy.model.score.LossTable;
import dev.eddy.model.spec.ModelSpec;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.OptionalInt;

/**
 * Scores forecasts: versions by the pinball loss of all quantiles, beside naive forecasts by the
 * error of the median, which is all that these have. A key's losses are in units of what
 * persistence errs there, so that keys and targets of all sizes count alike; where one is 0 all
 * along, there is nothing to compare. Nor does a key decide alone where persistence hardly errs:
 * its unit is no less than a tenth of how much other keys change, nor than what a version errs
 * there.
 */
final class ForecastScores implements Scores {
  private static final int OWN_PINBALL = 0;
  private static final int OTHER_PINBALL = 1;
  private static final int OWN_ERROR = 2;
  private static final int SIZE = 3; // of the actual
  private static final int FIRST_NAIVE = 4; // persistence is the first
  private static final double LEAST_UNIT = 0.02; // of the size, where persistence hardly errs
  private static final double LEAST_CHANGE = 0.1; // of what the target of other keys changes

  private final ForecastCriteria criteria;
  private final int[] targets; // [targets] their places among the observations' features
  private final double[] actuals; // [targets]
  private final double[] changes; // [targets] typically, from one observation to the next
  private final ForecastTally own;
  private final ForecastTally other;
  private final LossTable losses;
  private final Deque<Double> pinball = new ArrayDeque<>(); // own, of the present observation
  private final Deque<double[]> rest = new ArrayDeque<>(); // own error, size and naive errors

  ForecastScores(
      ModelSpec spec,
      OptionalInt season,
      List<List<Integer>> shown,
      List<String> features,
      double[] changes,
      long span) {
    criteria = ForecastCriteria.of(spec, season, shown);
    this.changes = changes;
    targets = targets(spec, features);
    actuals = new double[targets.length];
    own = new ForecastTally(criteria, this::scoredOwn);
    other = new ForecastTally(criteria, this::scoredOther);
    Duration step = spec.input().interval().orElse(spec.input().typicalGap());
    long reach = Collections.max(criteria.horizons()) * step.toMillis();
    losses = new LossTable(FIRST_NAIVE + naive().size(), Math.max(reach, span / MOST_BLOCKS));
  }

  /** [targets] their places among an observation's features. */
  static int[] targets(ModelSpec spec, List<String> features) {
    return spec.input().targets().stream()
        .mapToInt(target -> features.indexOf(target.name()))
        .toArray();
  }

  /** Both tallies tell of the same forecasts in the same order: they hear the same. */
  @Override
  public void add(Contestant.Answer answer, Contestant.Answer others, boolean scored) {
    Observation observation = answer.observation();
    for (int target = 0; target < targets.length; target++) {
      actuals[target] = observation.numeric()[targets[target]];
    }
    own.observe(observation.key(), observation.time(), actuals, scored);
    other.observe(observation.key(), observation.time(), actuals, scored);
    double[] said = answer.said();
    double[] otherSaid = others.said();
    if (said != null && otherSaid != null) {
      own.forecast(observation.key(), said);
      other.forecast(observation.key(), otherSaid);
    }
  }

  private void scoredOwn(
      String key,
      int target,
      int horizon,
      long origin,
      long time,
      double actual,
      double[] values,
      int offset) {
    int naive = criteria.targets().get(target).naive().size();
    double[] found = new double[2 + naive];
    found[0] = Math.abs(actual - values[offset + criteria.median()]);
    found[1] = Math.abs(actual);
    for (int each = 0; each < naive; each++) {
      found[2 + each] = Math.abs(actual - values[offset + criteria.quantiles().size() + each]);
    }
    pinball.add(pinball(actual, values, offset));
    rest.add(found);
  }

  private void scoredOther(
      String key,
      int target,
      int horizon,
      long origin,
      long time,
      double actual,
      double[] values,
      int offset) {
    double[] found = rest.remove();
    double[] all = new double[FIRST_NAIVE + naive().size()];
    all[OWN_PINBALL] = pinball.remove();
    all[OTHER_PINBALL] = pinball(actual, values, offset);
    System.arraycopy(found, 0, all, OWN_ERROR, found.length);
    for (int each = OWN_ERROR + found.length; each < all.length; each++) {
      all[each] = found[2]; // a target without as many naive forecasters: persistence again
    }
    for (int each = 0; each < all.length; each++) {
      all[each] /= changes[target];
    }
    losses.add(target, time, all);
  }

  private double pinball(double actual, double[] values, int offset) {
    double sum = 0;
    for (int quantile = 0; quantile < criteria.quantiles().size(); quantile++) {
      double level = criteria.quantiles().get(quantile);
      double above = actual - values[offset + quantile];
      sum += Math.max(level * above, (level - 1) * above);
    }
    return sum / criteria.quantiles().size();
  }

  @Override
  public void end(String key) {
    own.end(key);
    other.end(key);
    losses.endKey(ForecastScores::unit);
  }

  private static double unit(double[] means) {
    double own = Math.max(means[FIRST_NAIVE], LEAST_UNIT * means[SIZE]);
    double version = Math.max(means[OWN_PINBALL], means[OTHER_PINBALL]);
    return own == 0 // it stood still
        ? 0
        : Math.max(own, Math.max(LEAST_CHANGE, version));
  }

  @Override
  public Evaluation own() {
    return Evaluation.of(own);
  }

  @Override
  public Evaluation other() {
    return Evaluation.of(other);
  }

  @Override
  public LossTable losses() {
    return losses;
  }

  @Override
  public int[] versions() {
    return new int[] {OWN_PINBALL, OTHER_PINBALL};
  }

  @Override
  public int besideNaive() {
    return OWN_ERROR;
  }

  /** Of the target with the most of them; targets mostly have the same. */
  @Override
  public List<String> naive() {
    return criteria.targets().stream()
        .map(ForecastCriteria.Target::naiveNames)
        .reduce((a, b) -> b.size() > a.size() ? b : a)
        .orElseThrow();
  }

  @Override
  public int firstNaive() {
    return FIRST_NAIVE;
  }

  @Override
  public List<String> called() {
    return List.of("pinball loss", "absolute error");
  }
}
