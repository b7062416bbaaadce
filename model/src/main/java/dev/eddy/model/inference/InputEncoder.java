package dev.eddy.model.inference;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.InputEncoding.NumericFeature;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a key's raw observations, one after the other, into the numbers that enter the network, and
 * into the origin of its forecasts. Causal: what comes out depends on this observation and the
 * key's earlier ones only. The same input gives the same bits on every machine.
 *
 * <p>Inputs, in this order: three for each numeric feature (global score, own score, missing); for
 * a target its last difference and its difference to each season, in residual units; one-hot
 * categories; sine and cosine of each calendar part; the time since the key's last observation, as
 * the logarithm of its ratio to the typical gap. All but flags are clipped to ±5. A value that is
 * not finite counts as missing.
 *
 * <p>The origin of a forecast: for each horizon the baseline, then the key's residual unit.
 *
 * <p>Confined to one thread (it keeps scratch); the key's memory lives in the caller's arrays, laid
 * out by {@link MemoryLayout}. Allocates nothing per call.
 */
public final class InputEncoder {
  /** Keeps the logarithm of a gap of 0 finite, as a share of the typical gap. */
  private static final double GAP_FLOOR = 0.01;

  /** Keeps the residual unit of a key that never changes above 0, in global deviations. */
  private static final double UNIT_FLOOR = 1e-6;

  private final ModelSpec spec;
  private final String layout;
  private final MemoryLayout arrays;
  private final int inputSize;
  private final NumericEncoder[] numeric;
  private final CategoryEncoder[] categorical;
  private final CalendarEncoder calendar;
  private final int calendarInputs;
  private final double typicalGap; // ms
  private final int targetIndex; // -1: none
  private final TargetMemory target;
  private final double[] differences; // [1 + seasons]
  private final double leastUnit;
  private final double globalMean; // of the target, in its own unit
  private final Head.UnitPrior unitPrior;
  private final TargetMemory.BaselineParts[] baselines; // [horizons]

  private double knownGap = Double.NaN;
  private float knownGapInput;

  /**
   * An encoder for the observations of any number of keys.
   *
   * @throws IllegalArgumentException where the network's inputs are not as many as the encoding's
   */
  public InputEncoder(ModelSpec spec) {
    InputEncoding encoding = spec.input();
    this.spec = spec;
    this.inputSize = inputSize(encoding);
    if (spec.network().inputSize() != inputSize) {
      throw new IllegalArgumentException(
          "network.inputSize: "
              + spec.network().inputSize()
              + " (the input encoding makes "
              + inputSize
              + ")");
    }
    this.layout = MemoryLayout.fingerprint(encoding);
    this.arrays = MemoryLayout.of(encoding);
    this.numeric = new NumericEncoder[encoding.numeric().size()];
    for (int feature = 0; feature < numeric.length; feature++) {
      numeric[feature] = new NumericEncoder(encoding.numeric().get(feature), feature, arrays);
    }
    this.categorical =
        encoding.categorical().stream().map(CategoryEncoder::new).toArray(CategoryEncoder[]::new);
    this.calendar = new CalendarEncoder(encoding.calendar(), encoding.zone());
    this.calendarInputs = CalendarEncoder.INPUTS * encoding.calendar().size();
    this.typicalGap = encoding.typicalGap().toMillis();
    this.targetIndex = encoding.targetIndex();
    List<Integer> seasons = encoding.target().map(InputEncoding.Target::seasons).orElse(List.of());
    this.target =
        new TargetMemory(
            arrays, targetIndex, seasons, encoding.interval().map(d -> d.toMillis()).orElse(0L));
    this.differences = new double[1 + seasons.size()];
    this.leastUnit = targetIndex < 0 ? 1 : leastUnit(encoding.numeric().get(targetIndex));
    this.globalMean = targetIndex < 0 ? 0 : globalMean(encoding.numeric().get(targetIndex));
    if (spec.head() instanceof Head.Forecast forecast) {
      this.unitPrior = forecast.unitPrior();
      this.baselines = new TargetMemory.BaselineParts[forecast.horizons().size()];
      for (int horizon = 0; horizon < baselines.length; horizon++) {
        baselines[horizon] =
            target.parts(forecast.baselines().get(horizon), forecast.horizons().get(horizon));
      }
    } else {
      this.unitPrior = new Head.UnitPrior(0, 0);
      this.baselines = new TargetMemory.BaselineParts[0];
    }
  }

  /** The model this encodes for. */
  public ModelSpec spec() {
    return spec;
  }

  /** D, inputs per step. */
  public int inputSize() {
    return inputSize;
  }

  /** D, inputs per step under {@code encoding}. */
  public static int inputSize(InputEncoding encoding) {
    int size = NumericEncoder.INPUTS * encoding.numeric().size();
    size += encoding.target().map(target -> 1 + target.seasons().size()).orElse(0);
    size += encoding.categorical().stream().mapToInt(CategoryEncoder::inputs).sum();
    size += CalendarEncoder.INPUTS * encoding.calendar().size();
    return size + 1;
  }

  /** Numbers of a forecast's origin: a baseline per horizon, then the residual unit; 0 else. */
  public int originSize() {
    return baselines.length == 0 ? 0 : baselines.length + 1;
  }

  /** Length of a key's statistics. */
  public int statisticsSize() {
    return arrays.statisticsSize();
  }

  /** Length of a key's memory. */
  public int memorySize() {
    return arrays.memorySize();
  }

  /** What the arrays mean; where two versions agree, a key's memory may move between them. */
  public String layout() {
    return layout;
  }

  /** The statistics of a key before its first observation. */
  public double[] freshStatistics() {
    return new double[statisticsSize()];
  }

  /** The memory of a key before its first observation. */
  public float[] freshMemory() {
    float[] memory = new float[memorySize()];
    Arrays.fill(memory, Float.NaN);
    return memory;
  }

  /**
   * Takes in a key's next observation.
   *
   * @param input its raw values; not kept
   * @param statistics [statisticsSize] the key's, advanced
   * @param memory [memorySize] the key's, advanced
   * @param inputs [inputOffset + D] receives the encoded inputs
   * @param origin [originOffset + originSize] receives the forecast's origin
   */
  public void encode(
      RawInput input,
      double[] statistics,
      float[] memory,
      float[] inputs,
      int inputOffset,
      float[] origin,
      int originOffset) {
    float gap = gap(input.time(), statistics);
    int at = inputOffset + NumericEncoder.INPUTS * numeric.length;
    if (targetIndex >= 0) {
      at = encodeTarget(input, statistics, memory, inputs, at);
    }
    for (int feature = 0; feature < numeric.length; feature++) {
      numeric[feature].encode(
          input.numeric()[feature],
          statistics,
          memory,
          inputs,
          inputOffset + NumericEncoder.INPUTS * feature);
    }
    for (int feature = 0; feature < categorical.length; feature++) {
      categorical[feature].encode(input.categories()[feature], inputs, at);
      at += categorical[feature].inputs();
    }
    calendar.encode(input.time(), inputs, at);
    inputs[at + calendarInputs] = gap;
    for (int horizon = 0; horizon < baselines.length; horizon++) {
      origin[originOffset + horizon] =
          (float) target.baseline(baselines[horizon], globalMean, memory);
    }
    if (baselines.length > 0) {
      origin[originOffset + baselines.length] = (float) unit(statistics);
    }
  }

  private float gap(long time, double[] statistics) {
    if (statistics[MemoryLayout.OBSERVATIONS]++ == 0) {
      statistics[MemoryLayout.FIRST_TIME] = time;
      statistics[MemoryLayout.LAST_TIME] = time;
      return 0;
    }
    double gap = Math.max(time - statistics[MemoryLayout.LAST_TIME], 0);
    statistics[MemoryLayout.LAST_TIME] = time;
    if (gap != knownGap) {
      knownGap = gap;
      double ratio = (gap / typicalGap + GAP_FLOOR) / (1 + GAP_FLOOR);
      knownGapInput = NumericEncoder.clip(StrictMath.log(ratio));
    }
    return knownGapInput;
  }

  private int encodeTarget(
      RawInput input, double[] statistics, float[] memory, float[] inputs, int at) {
    float observed = input.numeric()[targetIndex];
    target.observe(input.time(), observed, statistics, memory, differences);
    double unit = unit(statistics);
    for (int index = 0; index < differences.length; index++) {
      double difference = differences[index];
      inputs[at + index] = Double.isNaN(difference) ? 0 : NumericEncoder.clip(difference / unit);
    }
    return at + differences.length;
  }

  private double unit(double[] statistics) {
    return target.unit(unitPrior, leastUnit, statistics);
  }

  /** The key's mean |y[t] - y[t-P]| so far, without the prior; NaN before any. */
  public double meanChange(double[] statistics) {
    return target.meanChange(statistics);
  }

  /** The key's mean |y| so far; 0 before any. */
  public double meanMagnitude(double[] statistics) {
    return target.magnitude(statistics);
  }

  private static double leastUnit(NumericFeature feature) {
    double scale = feature.log1p() ? StrictMath.exp(feature.mean()) : 1;
    return Math.max(UNIT_FLOOR * feature.deviation() * scale, Float.MIN_NORMAL);
  }

  private static double globalMean(NumericFeature feature) {
    return feature.log1p() ? StrictMath.expm1(feature.mean()) : feature.mean();
  }
}
