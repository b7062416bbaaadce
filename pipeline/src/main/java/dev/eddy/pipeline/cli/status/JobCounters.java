package dev.eddy.pipeline.cli.status;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.version.Refusals;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongBinaryOperator;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.Gauge;
import org.apache.flink.metrics.Metric;
import org.apache.flink.metrics.MetricConfig;
import org.apache.flink.metrics.MetricGroup;
import org.apache.flink.metrics.reporter.MetricReporter;

/**
 * Adds up what the subtasks of a job in this process count. Flink begins to count anew when a job
 * is started again; what was counted before stays in these sums, so they are those of the run. Safe
 * for many threads.
 */
public final class JobCounters implements MetricReporter, AutoCloseable {
  static final String ID = "run";
  private static final String NAME = "eddy-run";
  private static final Map<String, JobCounters> OPEN = new ConcurrentHashMap<>();

  private static final String PREDICTIONS = "predictions";
  private static final String DEAD_LETTERS = "dead-letters";
  private static final String SWAPS = "swaps";
  private static final String LAG = "pendingRecords";
  private static final String VERSION = "model-version";
  private static final String SHADOW = "shadow-version";

  private final String id = UUID.randomUUID().toString();
  private final Map<Counter, Place> counters = new HashMap<>(); // of tasks that live
  private final Map<Place, Long> before = new HashMap<>(); // of tasks that do not
  private final Map<Gauge<?>, String> gauges = new HashMap<>();
  private int versionBefore; // the last one of tasks that do not live

  /** What is counted, and in which subtask. */
  private record Place(String what, String subtask) {}

  private final Set<ModelId> refused = ConcurrentHashMap.newKeySet();
  private final Refusals.Listening listening =
      Refusals.listen((version, why) -> refused.add(version));

  private JobCounters() {}

  /** Those that a Flink counts with that is started with the settings that are changed so. */
  public static JobCounters in(Configuration settings) {
    JobCounters counters = new JobCounters();
    OPEN.put(counters.id, counters);
    String prefix = "metrics.reporter." + NAME + ".";
    settings.setString(prefix + "factory.class", JobCountersFactory.class.getName());
    settings.setString(prefix + ID, counters.id);
    settings
        .getOptional(MetricOptions.REPORTERS_LIST)
        .ifPresent(named -> settings.set(MetricOptions.REPORTERS_LIST, named + "," + NAME));
    return counters;
  }

  /** Those of a run that is going on. */
  static JobCounters of(String id) {
    JobCounters found = OPEN.get(id);
    if (found == null) {
      throw new IllegalArgumentException("run " + id + " (must be one of this process)");
    }
    return found;
  }

  @Override
  public void open(MetricConfig config) {
    // Nothing to open: it is told of metrics.
  }

  @Override
  public void close() {
    OPEN.remove(id);
    listening.close();
  }

  @Override
  public synchronized void notifyOfAddedMetric(Metric metric, String name, MetricGroup group) {
    Optional<String> what = what(name, group.getAllVariables());
    if (what.isPresent() && metric instanceof Counter counter) {
      counters.put(counter, new Place(what.get(), variable(group, "subtask_index")));
    } else if (what.isPresent() && metric instanceof Gauge<?> gauge) {
      gauges.put(gauge, what.get());
    }
  }

  @Override
  public synchronized void notifyOfRemovedMetric(Metric metric, String name, MetricGroup group) {
    if (metric instanceof Counter counter) {
      Place place = counters.remove(counter);
      if (place != null) {
        before.merge(place, counter.getCount(), Long::sum);
      }
    } else if (metric instanceof Gauge<?> gauge) {
      if (VERSION.equals(gauges.remove(gauge))) {
        versionBefore = (int) value(gauge);
      }
    }
  }

  /** Which of the sums a metric goes into; the names are those that {@code PredictJob} gives. */
  private static Optional<String> what(String name, Map<String, String> variables) {
    String operator = variables.getOrDefault(scope("operator_name"), "");
    String reason = variables.get(scope("reason"));
    if (name.equals(DEAD_LETTERS) && reason != null) {
      return Optional.of(DEAD_LETTERS + reason);
    }
    if (name.equals("numRecordsIn") && operator.equals("predictions: Writer")) {
      return Optional.of(PREDICTIONS);
    }
    boolean read = name.equals(LAG) && operator.equals("Source: observations");
    boolean served = name.equals(SWAPS) || name.equals(VERSION) || name.equals(SHADOW);
    return read || served ? Optional.of(name) : Optional.empty();
  }

  private static String variable(MetricGroup group, String name) {
    return group.getAllVariables().getOrDefault(scope(name), "");
  }

  private static String scope(String variable) {
    return "<" + variable + ">";
  }

  /** One look at all of them. */
  synchronized Counted now() {
    Map<Place, Long> sums = new HashMap<>(before);
    counters.forEach((counter, place) -> sums.merge(place, counter.getCount(), Long::sum));
    long predictions = 0;
    long swaps = 0;
    Map<String, Long> deadLetters = new TreeMap<>();
    for (Map.Entry<Place, Long> each : sums.entrySet()) {
      String what = each.getKey().what();
      if (what.startsWith(DEAD_LETTERS) && each.getValue() > 0) {
        deadLetters.merge(what.substring(DEAD_LETTERS.length()), each.getValue(), Long::sum);
      } else if (what.equals(SWAPS)) {
        swaps = Math.max(swaps, each.getValue()); // every subtask sees every swap
      } else if (what.equals(PREDICTIONS)) {
        predictions += each.getValue();
      }
    }
    return new Counted(predictions, deadLetters, swaps, refused.size(), lag(), version(), shadow());
  }

  private OptionalLong lag() {
    return gauges.containsValue(LAG)
        ? OptionalLong.of(gauge(LAG, Math::addExact))
        : OptionalLong.empty();
  }

  private int version() {
    return gauges.containsValue(VERSION) ? (int) gauge(VERSION, Math::max) : versionBefore;
  }

  private int shadow() {
    return (int) gauge(SHADOW, Math::max);
  }

  private long gauge(String what, LongBinaryOperator both) {
    return gauges.entrySet().stream()
        .filter(each -> each.getValue().equals(what))
        .mapToLong(each -> value(each.getKey()))
        .reduce(0, both);
  }

  private static long value(Gauge<?> gauge) {
    return gauge.getValue() instanceof Number number ? Math.max(0, number.longValue()) : 0;
  }

  /**
   * What was counted by a moment.
   *
   * @param predictions handed to the sink
   * @param deadLetters by reason
   * @param swaps how often another version than before began to serve
   * @param refused versions that will not serve
   * @param lag records that are not read yet; empty where that is not known
   * @param version that serves; 0 where none does
   * @param shadow version that is stepped beside it; 0 where none is
   */
  record Counted(
      long predictions,
      Map<String, Long> deadLetters,
      long swaps,
      int refused,
      OptionalLong lag,
      int version,
      int shadow) {}
}
