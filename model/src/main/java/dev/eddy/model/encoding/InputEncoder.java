package dev.eddy.model.encoding;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import java.util.Arrays;
import java.util.List;

/**
 * Turns a key's raw observations, one after the other, into the numbers that enter the network, and
 * into the origin of its forecasts. Causal: what comes out depends on this observation and the
 * key's earlier ones only. The same input gives the same bits on every machine.
 *
 * <p>Inputs, in this order: three for each numeric feature (global score, own score, missing); for
 * each target its last difference, its difference to each season and the distance of each horizon's
 * baseline from its last value where the two may differ, in residual units; one-hot categories;
 * static features; sine and cosine of each calendar part; each numeric feature's running
 * deviations; three for each future feature and each horizon within reach, as the feature itself
 * has; the time since the key's last observation, as the logarithm of its ratio to the typical gap.
 * All but flags are clipped to ±5. A value that is not finite counts as missing, unless a record
 * has told it ahead of time.
 *
 * <p>The origin of a forecast: for each target the baseline of each horizon, then the key's
 * residual unit; [targets, horizons + 1].
 *
 * <p>Confined to one thread (it keeps scratch); what it remembers of a key lives in the caller's
 * {@link KeyMemory}. Allocates nothing per call.
 */
public final class InputEncoder {
  private final ModelSpec spec;
  private final MemoryLayout layout;
  private final String meaning; // of a key's memory
  private final int inputSize;
  private final NumericEncoder[] numeric;
  private final TargetEncoder[] targets;
  private final int originSize;
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
    inputSize = inputSize(encoding, spec.head());
    requireInputs(spec.network().inputSize(), inputSize);
    layout = MemoryLayout.of(encoding);
    meaning = MemoryLayout.meaning(encoding);
    numeric = new NumericEncoder[encoding.numeric().size()];
    List<Integer> spans = encoding.deviationSpans();
    Arrays.setAll(numeric, i -> new NumericEncoder(encoding.numeric().get(i), i, spans, layout));
    targets = new TargetEncoder[encoding.targets().size()];
    Arrays.setAll(targets, target -> new TargetEncoder(target, spec, layout));
    originSize = Arrays.stream(targets).mapToInt(TargetEncoder::originSize).sum();
    categorical =
        encoding.categorical().stream().map(CategoryEncoder::new).toArray(CategoryEncoder[]::new);
    statics = new StaticEncoder(encoding.statics(), numeric.length, categorical.length, layout);
    calendar = new CalendarEncoder(encoding.calendar(), encoding.zone());
    future = new FutureEncoder(encoding, layout, numeric);
    gap = new GapEncoder(encoding.typicalGap().toMillis());
  }

  private static void requireInputs(int found, int made) {
    if (found != made) {
      throw new IllegalArgumentException(
          "network.inputSize: "
              + found
              + " (must be "
              + made
              + ", which the input encoding makes)");
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

  /** The memory of a key before its first observation. */
  public KeyMemory fresh() {
    return KeyMemory.fresh(layout);
  }

  /**
   * Whether a memory is as long as this encoder's: not where an older version of Eddy stored it.
   */
  public boolean fits(KeyMemory memory) {
    return memory.statistics().length == layout.statisticsSize()
        && memory.values().length == layout.valuesSize();
  }

  /** Whether a key's memory means the same to both, and so may move between them. */
  public boolean sharesMemoryWith(InputEncoder other) {
    return meaning.equals(other.meaning);
  }

  /**
   * What another encoder remembered of a key, as far as this one remembers the same of features of
   * the same names.
   *
   * @param old laid out by {@code before}; not changed, not shared
   */
  public KeyMemory moved(KeyMemory old, InputEncoder before) {
    if (sharesMemoryWith(before)) {
      return old.copy();
    }
    KeyMemory moved = fresh();
    takeOver(old, before, moved);
    return moved;
  }

  /** Overwrites what both this encoder and {@code before} remember of a key by what that does. */
  public void takeOver(KeyMemory old, InputEncoder before, KeyMemory into) {
    new MemoryMove(before.spec.input(), spec.input()).move(old, into);
  }

  /**
   * Takes in a key's next observation.
   *
   * @param input its raw values; not kept
   * @param memory the key's, advanced
   * @param inputs [inputOffset + D] receives the encoded inputs
   * @param origin [originOffset + originSize] receives the forecast's origin
   */
  public void encode(
      RawInput input,
      KeyMemory memory,
      float[] inputs,
      int inputOffset,
      double[] origin,
      int originOffset) {
    long periodBefore = future.period(memory.statistics());
    int gapAt = inputOffset + inputSize - GapEncoder.INPUTS;
    inputs[gapAt] = gap.encode(input.time(), memory.statistics());
    future.observe(periodBefore, input.future(), memory);
    int at = inputOffset + NumericEncoder.INPUTS * numeric.length;
    // The targets come before the features, which overwrite the last value.
    at = encodeTargets(input, memory, inputs, at, origin, originOffset);
    encodeNumeric(input, memory, inputs, inputOffset);
    for (int feature = 0; feature < categorical.length; feature++) {
      categorical[feature].encode(input.categories()[feature], inputs, at);
      at += categorical[feature].inputs();
    }
    at = statics.encode(input, memory.statistics(), inputs, at);
    at = calendar.encode(input.time(), inputs, at);
    for (NumericEncoder feature : numeric) {
      at = feature.encodeDeviations(memory.statistics(), inputs, at);
    }
    future.encode(memory, inputs, at);
  }

  private int encodeTargets(
      RawInput input, KeyMemory memory, float[] inputs, int at, double[] origin, int originOffset) {
    int next = at;
    int originAt = originOffset;
    for (TargetEncoder target : targets) {
      target.encode(input.time(), input.numeric(), memory, inputs, next, origin, originAt);
      next += target.inputs();
      originAt += target.originSize();
    }
    return next;
  }

  private void encodeNumeric(RawInput input, KeyMemory memory, float[] inputs, int at) {
    for (int feature = 0; feature < numeric.length; feature++) {
      double value = future.now(feature, input.numeric()[feature], memory);
      numeric[feature].encode(value, memory, inputs, at + NumericEncoder.INPUTS * feature);
    }
  }

  /**
   * Lets a key go on from {@code time}, before its last one, as if the one before had been a
   * typical gap ago. Periods that count observations go on; those of an interval are set back, and
   * the values that are bound to the period left are forgotten: seasons keep what they hold.
   *
   * @param memory changed; left alone where it has had no observation
   */
  public void setBack(long time, KeyMemory memory) {
    double[] statistics = memory.statistics();
    if (statistics[MemoryLayout.OBSERVATIONS] == 0) {
      return;
    }
    long first = Math.min((long) statistics[MemoryLayout.FIRST_TIME], time);
    statistics[MemoryLayout.FIRST_TIME] = first;
    statistics[MemoryLayout.LAST_TIME] = time - spec.input().typicalGap().toMillis();
    if (spec.input().interval().isPresent()) {
      long interval = spec.input().interval().get().toMillis();
      long period = Periods.nearest(time - first, interval);
      for (int target = 0; target < targets.length; target++) {
        statistics[layout.target(target) + MemoryLayout.PERIOD] = period - 1.0;
        memory.values()[layout.current(target)] = Double.NaN;
        memory.values()[layout.before(target)] = Double.NaN;
      }
      Arrays.fill(memory.values(), layout.future(0), layout.valuesSize(), Double.NaN);
    }
  }

  /** Observations that a key has had. */
  public double observations(KeyMemory memory) {
    return memory.statistics()[MemoryLayout.OBSERVATIONS];
  }

  /**
   * Takes in what a record without an observation tells of a key's future.
   *
   * @param told not kept
   * @param memory of a key that has had an observation, changed
   */
  public void tell(RawFuture told, KeyMemory memory) {
    future.tell(told, memory);
  }

  /** The key's mean |y[t] - y[t-P]| of a target so far, without the prior; NaN before any. */
  public double meanChange(int target, KeyMemory memory) {
    return targets[target].meanChange(memory.statistics());
  }

  /** The key's mean |y| of a target so far; 0 before any. */
  public double meanMagnitude(int target, KeyMemory memory) {
    return targets[target].meanMagnitude(memory.statistics());
  }
}
