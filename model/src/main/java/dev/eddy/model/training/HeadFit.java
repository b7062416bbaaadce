package dev.eddy.model.training;

import dev.eddy.model.inference.InputEncoder;
import dev.eddy.model.inference.UnitPriorFit;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.RawInput;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Fits the forecast head to the training part: first the unit prior, then for each horizon the
 * baseline with the least mean absolute residual, and the quantiles of its residuals. Everything is
 * computed by the very encoder that serves.
 */
final class HeadFit {
  private static final int SAMPLE = 50_000;
  private static final Head.UnitPrior NO_PRIOR = new Head.UnitPrior(0, 0);

  private final InputEncoding encoding;
  private final ModelSettings settings;
  private final Parts parts;
  private final List<Head.Baseline> singles = new ArrayList<>(); // last, then each season
  private final List<Head.Baseline> candidates = new ArrayList<>();
  private final List<boolean[]> members = new ArrayList<>(); // [candidates][singles]
  private final UnitPriorFit unitPrior = new UnitPriorFit();
  private final double[][] absolute; // [candidates][horizons] sums of |residual|
  private final Reservoir[][] residuals; // [candidates][horizons]
  private final long[] counts; // [horizons]

  HeadFit(InputEncoding encoding, ModelSettings settings, Parts parts, long seed) {
    this.encoding = encoding;
    this.settings = settings;
    this.parts = parts;
    List<Integer> seasons = encoding.target().orElseThrow().seasons();
    singles.add(new Head.Baseline(true, List.of()));
    seasons.forEach(season -> singles.add(new Head.Baseline(false, List.of(season))));
    settings.fixedBaseline().ifPresentOrElse(this::addCandidate, this::addAllCandidates);
    int horizons = settings.horizons().size();
    absolute = new double[candidates.size()][horizons];
    residuals = new Reservoir[candidates.size()][horizons];
    for (Reservoir[] ofCandidate : residuals) {
      for (int h = 0; h < horizons; h++) {
        ofCandidate[h] = new Reservoir(SAMPLE, seed);
      }
    }
    counts = new long[horizons];
  }

  private void addAllCandidates() {
    for (int set = 1; set < 1 << Math.min(singles.size(), 5); set++) {
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

  /** First pass: what the key's training part says about residual units. */
  void addUnit(KeyHistory history) {
    InputEncoder encoder = new InputEncoder(probe(singles.get(0), NO_PRIOR));
    double[] statistics = encoder.freshStatistics();
    float[] memory = encoder.freshMemory();
    float[] inputs = new float[encoder.inputSize()];
    float[] origin = new float[encoder.originSize()];
    for (RawInput input : history.inputs()) {
      if (parts.of(history.key(), input.time()) == Part.TRAINING) {
        encoder.encode(input, statistics, memory, inputs, 0, origin, 0);
      }
    }
    unitPrior.add(encoder.meanChange(statistics), encoder.meanMagnitude(statistics));
  }

  /** Second pass: the residuals of every candidate. */
  void addResiduals(KeyHistory history) {
    ForecastTargets targets =
        new ForecastTargets(
            history, encoding.targetIndex(), settings.horizons(), encoding.interval());
    int horizons = counts.length;
    float[][] origins = new float[singles.size()][]; // [singles][rows * (horizons + 1)]
    for (int single = 0; single < origins.length; single++) {
      origins[single] = origins(history, singles.get(single));
    }
    for (int row = 0; row < history.length(); row++) {
      for (int h = 0; h < horizons; h++) {
        float actual = targets.actual(row, h);
        if (!Float.isNaN(actual)
            && parts.of(history.key(), targets.time(row, h)) == Part.TRAINING) {
          addResidual(origins, row * (horizons + 1), h, actual);
        }
      }
    }
  }

  private void addResidual(float[][] origins, int at, int horizon, float actual) {
    counts[horizon]++;
    float unit = origins[0][at + counts.length];
    for (int c = 0; c < candidates.size(); c++) {
      double baseline = 0;
      int parts = 0;
      for (int single = 0; single < origins.length; single++) {
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

  private float[] origins(KeyHistory history, Head.Baseline baseline) {
    InputEncoder encoder = new InputEncoder(probe(baseline, unitPrior.fit()));
    double[] statistics = encoder.freshStatistics();
    float[] memory = encoder.freshMemory();
    float[] inputs = new float[encoder.inputSize()];
    float[] origins = new float[history.length() * encoder.originSize()];
    for (int row = 0; row < history.length(); row++) {
      RawInput input = history.inputs().get(row);
      encoder.encode(input, statistics, memory, inputs, 0, origins, row * encoder.originSize());
    }
    return origins;
  }

  private ModelSpec probe(Head.Baseline baseline, Head.UnitPrior prior) {
    int horizons = settings.horizons().size();
    Head.Forecast head =
        new Head.Forecast(
            settings.horizons(),
            List.of(0.5),
            Collections.nCopies(horizons, baseline),
            Collections.nCopies(horizons, 0f),
            prior);
    int inputs = InputEncoder.inputSize(encoding);
    return new ModelSpec(new NetworkShape(CellType.SRU, inputs, 1, 1, horizons), encoding, head);
  }

  /**
   * The head.
   *
   * @throws IllegalArgumentException if a horizon has no observed target in the training part
   */
  Head.Forecast head() {
    List<Head.Baseline> baselines = new ArrayList<>();
    List<Float> quantiles = new ArrayList<>();
    double[] levels = settings.quantiles().stream().mapToDouble(Double::doubleValue).toArray();
    for (int h = 0; h < counts.length; h++) {
      Require.that(
          counts[h] > 0,
          "model.horizons: " + settings.horizons().get(h),
          "no observed target in the training part",
          "within reach of the history");
      int best = best(h);
      baselines.add(candidates.get(best));
      double[] found = residuals[best][h].quantiles(levels);
      double median = found[settings.quantiles().indexOf(0.5)];
      for (double quantile : found) {
        quantiles.add((float) (quantile - median));
      }
    }
    return new Head.Forecast(
        settings.horizons(), settings.quantiles(), baselines, quantiles, unitPrior.fit());
  }

  /** For each horizon 1 / (the baseline's mean absolute residual), in residual units. */
  double[] weights() {
    double[] weights = new double[counts.length];
    for (int h = 0; h < weights.length; h++) {
      double mean = absolute[best(h)][h] / counts[h];
      weights[h] = mean > 0 ? 1 / mean : 1;
    }
    return weights;
  }

  private int best(int horizon) {
    int best = 0;
    for (int c = 1; c < candidates.size(); c++) {
      best = absolute[c][horizon] < absolute[best][horizon] ? c : best;
    }
    return best;
  }
}
