package dev.eddy.pipeline.shared;

import org.apache.flink.metrics.Counter;
import org.apache.flink.metrics.MetricGroup;

/** Counts what the join does, in the operator's metric group under {@code eddy}. */
final class SharedMetrics {
  private final SharedValues values;
  private final Counter late;
  private final Counter anew;
  private final Counter waited;
  private final Counter waitedInVain;
  private final Counter overflows;
  private final Counter missing;

  SharedMetrics(MetricGroup operator, SharedValues values, WaitingKeys waiting) {
    MetricGroup group = operator.addGroup("eddy");
    this.values = values;
    late = group.counter("shared-late");
    anew = group.counter("shared-topic-anew");
    waited = group.counter("shared-waited");
    waitedInVain = group.counter("shared-waited-in-vain");
    overflows = group.counter("shared-overflows");
    missing = group.counter("shared-missing");
    group.gauge("shared-values", values::size);
    group.gauge("shared-waiting-keys", waiting::size);
  }

  /** Shared records have come, some maybe after observations that should have seen them. */
  void read() {
    late.inc(values.late() - late.getCount());
    anew.inc(values.timesAnew() - anew.getCount());
  }

  /** An observation waits. */
  void waited() {
    waited.inc();
  }

  /** It has waited as long as it may. */
  void waitedInVain() {
    waitedInVain.inc();
  }

  /** It went on for one more of its key. */
  void overflow() {
    overflows.inc();
  }

  /** An observation goes on without a value of some shared feature. */
  void missing() {
    missing.inc();
  }
}
