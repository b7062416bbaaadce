package dev.eddy.pipeline.operator;

import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.KeyCounts;
import dev.eddy.pipeline.version.VersionWatch;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Histogram;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.runtime.metrics.DescriptiveStatisticsHistogram;
import org.jspecify.annotations.Nullable;

/**
 * Counts and times what the operator does, in the operator's metric group under {@code eddy}.
 * Updated once a flush, never once an observation.
 */
final class PredictMetrics implements VersionWatch {
  private static final int WINDOW = 1000; // flushes that a histogram looks back on

  private final MetricGroup group;
  private final Map<FlushReason, Counter> flushes = new EnumMap<>(FlushReason.class);
  private final Map<String, Counter> deadLetters = new HashMap<>();
  private final Histogram batchSize;
  private final Histogram stepNanos;
  private final Histogram queueNanos;
  private final Counter announcedTooLate;
  private final Counter refusedVersions;
  private final Counter clocksSetBack;
  private final Counter begunAnew;
  private final Counter keysRewarmed;
  private final Counter stepsReplayed;
  private final Counter keysPromoted;
  private final Counter swaps;
  private volatile int modelVersion; // read by metric reporters, as are the next
  private volatile int shadowVersion; // 0 for none
  private final AtomicLong waitedNanos = new AtomicLong(); // for versions
  private volatile long waitingSince; // nanoseconds; 0 when it does not

  /**
   * Begins to count.
   *
   * @param engine chosen at submission; what steps of it in this process is told
   */
  PredictMetrics(MetricGroup operator, EngineKind engine) {
    group = operator.addGroup("eddy");
    for (FlushReason reason : FlushReason.values()) {
      flushes.put(reason, group.addGroup("reason", reason.metricName()).counter("flushes"));
    }
    batchSize = histogram("batch-size");
    stepNanos = histogram("step-time-ns");
    queueNanos = histogram("queue-time-ns");
    announcedTooLate = group.counter("announced-too-late");
    refusedVersions = group.counter("refused-versions");
    clocksSetBack = group.counter("clocks-set-back");
    begunAnew = group.counter("states-begun-anew");
    keysRewarmed = group.counter("keys-rewarmed");
    stepsReplayed = group.counter("steps-replayed");
    keysPromoted = group.counter("keys-promoted");
    swaps = group.counter("swaps");
    group.gauge("model-version", () -> modelVersion);
    group.gauge("shadow-version", () -> shadowVersion);
    group.gauge("version-wait-ms", this::waitedMillis);
    String stepping = StepEngines.here(engine).configName();
    group.gauge("engine", () -> stepping);
    int missing = StepEngines.slowness(engine).isPresent() ? 1 : 0;
    group.gauge("vectors-missing", () -> missing);
  }

  /**
   * Counts one flush.
   *
   * @param queued nanoseconds from the first observation's arrival to the flush
   * @param stepped nanoseconds of the flush itself, state access included, sending excluded
   */
  void flushed(FlushReason reason, int size, long queued, long stepped) {
    Objects.requireNonNull(flushes.get(reason)).inc();
    batchSize.update(size);
    queueNanos.update(queued);
    stepNanos.update(stepped);
  }

  void deadLetter(String reason) {
    deadLetters
        .computeIfAbsent(reason, word -> group.addGroup("reason", word).counter("dead-letters"))
        .inc();
  }

  void announcedTooLate() {
    announcedTooLate.inc();
  }

  @Override
  public void refused() {
    refusedVersions.inc();
  }

  @Override
  public void waiting(boolean begins) {
    long now = System.nanoTime();
    if (begins) {
      waitingSince = now;
    } else {
      waitedNanos.addAndGet(now - waitingSince);
      waitingSince = 0;
    }
  }

  private long waitedMillis() {
    long since = waitingSince;
    return TimeUnit.NANOSECONDS.toMillis(
        waitedNanos.get() + (since == 0 ? 0 : System.nanoTime() - since));
  }

  void clocksSetBack(int keys) {
    clocksSetBack.inc(keys);
  }

  /**
   * Tells how many keys there are, and of which models their states are.
   *
   * @param serving what is to serve them now; null where nobody knows
   */
  void keys(KeyCounts counts, Supplier<@Nullable ExactModel> serving) {
    group.gauge("live-keys", counts::sum);
    group.gauge("keys-behind", () -> behind(counts, serving.get()));
    group.gauge("keys-by-model", () -> byModel(counts, serving.get()));
  }

  private static long behind(KeyCounts counts, @Nullable ExactModel serving) {
    return serving == null ? 0 : counts.sum() - counts.of(serving);
  }

  /** What serves is told of too where no key has come to it. */
  private static String byModel(KeyCounts counts, @Nullable ExactModel serving) {
    List<String> lines = new ArrayList<>(counts.lines());
    if (serving != null && counts.of(serving) == 0) {
      lines.add(KeyCounts.line(serving, 0));
    }
    return String.join(",", lines);
  }

  void begunAnew(int keys) {
    begunAnew.inc(keys);
  }

  void rewarmed(int keys, long steps) {
    keysRewarmed.inc(keys);
    stepsReplayed.inc(steps);
  }

  /** Keys went on from what their shadow had made of them. */
  void promoted(int keys) {
    keysPromoted.inc(keys);
  }

  /** A version is stepped beside the one that serves; 0 for none. */
  void shadowing(int version) {
    shadowVersion = version;
  }

  void serving(int version) {
    if (modelVersion != 0 && version != modelVersion) {
      swaps.inc();
    }
    modelVersion = version;
  }

  private Histogram histogram(String name) {
    return group.histogram(name, new DescriptiveStatisticsHistogram(WINDOW));
  }
}
