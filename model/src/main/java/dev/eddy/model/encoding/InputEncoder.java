package dev.eddy.model.encoding;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import java.util.Arrays;

/**
 * Turns a key's raw observations, one after the other, into the numbers that enter the network, and
 * into the origin of its forecasts. Causal: what comes out depends on this observation and the
 * key's earlier ones only. The same input gives the same bits on every machine.
 *
 * <p>Inputs, in this order: three for each numeric feature (global score, own score, missing); for
 * each target its last difference, its difference to each season and the distance of each horizon's
 * baseline from its last value where the two may differ, in residual units; one-hot categories;
 * static features; sine and cosine of each calendar part; each numeric feature's running
 * deviations; three for each feature known ahead and each horizon within reach, as the feature
 * itself has; the time since the key's last observation, as the logarithm of its ratio to the
 * typical gap. All but flags are clipped to ±5. A value that is not finite counts as missing; one
 * that was known ahead of time does not.
 *
 * <p>The origin of a forecast: for each target the baseline of each horizon, then the key's
 * residual unit; [targets, horizons + 1].
 *
 * <p>Confined to one thread (it keeps scratch); the key's memory lives in the caller's arrays, laid
 * out by {@link MemoryLayout}. Allocates nothing per call.
 */
public final class InputEncoder {
  private final ModelSpec spec;
  private final String layout;
  private final MemoryLayout arrays;
  private final int inputSize;
  private final NumericEncoder[] numeric;
  private final TargetEncoder[] targets;
  private final int originSize;
  private final int deviationSpans;
  private final CategoryEncoder[] categorical;
  private final StaticEncoder statics;
  private final CalendarEncoder calendar;
  private final FutureEncoder future;
  private final GapEncoder gap;

  /**
   * An encoder for the observations of any number of keys.
   *
   * @throws IllegalArgumentException where the network's inputs are not as many as the encoding's
   */
  public InputEncoder(ModelSpec spec) {
    InputEncoding encoding = spec.input();
    this.spec = spec;
    this.inputSize = inputSize(encoding, spec.head());
    if (spec.network().inputSize() != inputSize) {
      throw new IllegalArgumentException(
          "network.inputSize: "
              + spec.network().inputSize()
              + " (must be "
              + inputSize
              + ", which the input encoding makes)");
    }
    this.layout = MemoryLayout.fingerprint(encoding);
    this.arrays = MemoryLayout.of(encoding);
    this.numeric = new NumericEncoder[encoding.numeric().size()];
    for (int feature = 0; feature < numeric.length; feature++) {
      numeric[feature] =
          new NumericEncoder(
              encoding.numeric().get(feature), feature, encoding.deviationSpans(), arrays);
    }
    this.targets = new TargetEncoder[encoding.targets().size()];
    for (int target = 0; target < targets.length; target++) {
      targets[target] = new TargetEncoder(target, spec, arrays);
    }
    this.originSize = Arrays.stream(targets).mapToInt(TargetEncoder::originSize).sum();
    this.categorical =
        encoding.categorical().stream().map(CategoryEncoder::new).toArray(CategoryEncoder[]::new);
    this.statics =
        new StaticEncoder(encoding.statics(), numeric.length, categorical.length, arrays);
    this.calendar = new CalendarEncoder(encoding.calendar(), encoding.zone());
    this.deviationSpans = encoding.deviationSpans().size();
    this.future = new FutureEncoder(encoding, arrays, numeric);
    this.gap = new GapEncoder(encoding.typicalGap().toMillis());
  }

  /** The model this encodes for. */
  public ModelSpec spec() {
    return spec;
  }

  /** D, inputs per step. */
  public int inputSize() {
    return inputSize;
  }

  /** D, inputs per step under {@code encoding} and a head. */
  public static int inputSize(InputEncoding encoding, Head head) {
    int size = NumericEncoder.INPUTS * encoding.numeric().size();
    for (int target = 0; target < encoding.targets().size(); target++) {
      size += TargetEncoder.inputs(target, encoding, head);
    }
    size += encoding.categorical().stream().mapToInt(CategoryEncoder::inputs).sum();
    size += StaticEncoder.inputs(encoding.statics());
    size += CalendarEncoder.INPUTS * encoding.calendar().size();
    size += encoding.deviationSpans().size() * encoding.numeric().size();
    size += encoding.future().map(FutureEncoder::inputs).orElse(0);
    return size + GapEncoder.INPUTS;
  }

  /** Numbers of a forecast's origin, targets * (horizons + 1); 0 for classes. */
  public int originSize() {
    return originSize;
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
    long periodBefore = future.period(statistics);
    inputs[inputOffset + inputSize - 1] = gap.encode(input.time(), statistics);
    future.observe(periodBefore, input.future(), statistics, memory);
    int at = inputOffset + NumericEncoder.INPUTS * numeric.length;
    int originAt = originOffset;
    for (TargetEncoder target : targets) { // before the features, which overwrite the last value
      target.encode(
          input.time(), input.numeric(), statistics, memory, inputs, at, origin, originAt);
      at += target.inputs();
      originAt += target.originSize();
    }
    for (int feature = 0; feature < numeric.length; feature++) {
      int featureAt = inputOffset + NumericEncoder.INPUTS * feature;
      float value = future.now(feature, input.numeric()[feature], memory);
      numeric[feature].encode(value, statistics, memory, inputs, featureAt);
    }
    for (int feature = 0; feature < categorical.length; feature++) {
      categorical[feature].encode(input.categories()[feature], inputs, at);
      at += categorical[feature].inputs();
    }
    at = statics.encode(input, statistics, inputs, at);
    calendar.encode(input.time(), inputs, at);
    int futureAt = inputOffset + inputSize - GapEncoder.INPUTS - future.inputs();
    future.encode(statistics, memory, inputs, futureAt);
    at = futureAt - deviationSpans * numeric.length;
    for (int feature = 0; feature < numeric.length; feature++) {
      numeric[feature].encodeDeviations(statistics, inputs, at);
      at += deviationSpans;
    }
  }

  /** Observations that a key has had. */
  public double observations(double[] statistics) {
    return statistics[MemoryLayout.OBSERVATIONS];
  }

  /**
   * Takes in what has become known of a key's future without an observation.
   *
   * @param known not kept
   * @param statistics [statisticsSize] of a key that has had an observation
   * @param memory [memorySize] the key's, changed
   */
  public void tell(RawFuture known, double[] statistics, float[] memory) {
    future.tell(known, statistics, memory);
  }

  /** The key's mean |y[t] - y[t-P]| of a target so far, without the prior; NaN before any. */
  public double meanChange(int target, double[] statistics) {
    return targets[target].meanChange(statistics);
  }

  /** The key's mean |y| of a target so far; 0 before any. */
  public double meanMagnitude(int target, double[] statistics) {
    return targets[target].meanMagnitude(statistics);
  }
}
