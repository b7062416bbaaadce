package dev.eddy.pipeline.history;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.file.RefusedRows;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.flink.api.common.accumulators.Accumulator;

/**
 * Counts the records of a topic that are left out, by reason, with the first of each: that of the
 * lowest partition and offset, whichever task has read it first.
 */
@SuppressWarnings("NonApiType") // Flink wants a value that is Serializable
final class RefusedRecords
    implements Accumulator<DeadLetter, TreeMap<String, RefusedRecords.Kind>> {
  private static final long serialVersionUID = 1;

  private TreeMap<String, Kind> kinds = new TreeMap<>();

  /** Records of one reason. */
  record Kind(long records, int partition, long offset, String detail) implements Serializable {
    private static final Comparator<Kind> PLACE =
        Comparator.comparingInt(Kind::partition).thenComparingLong(Kind::offset);

    Kind plus(Kind other) {
      Kind first = PLACE.compare(this, other) <= 0 ? this : other;
      return new Kind(records + other.records, first.partition, first.offset, first.detail);
    }
  }

  /** A future update that came later than what its key had observed. */
  static DeadLetter late(FutureUpdate update, String topic) {
    return new DeadLetter(
        Reasons.OUT_OF_ORDER,
        "future: of a time before its key's last observation, or of a key without one",
        topic,
        update.partition(),
        update.offset(),
        null,
        null);
  }

  @Override
  public void add(DeadLetter letter) {
    kinds.merge(
        letter.reason(),
        new Kind(1, letter.partition(), letter.offset(), letter.detail()),
        Kind::plus);
  }

  @Override
  public TreeMap<String, Kind> getLocalValue() {
    return kinds;
  }

  @Override
  public void resetLocal() {
    kinds.clear();
  }

  @Override
  public void merge(Accumulator<DeadLetter, TreeMap<String, Kind>> other) {
    other.getLocalValue().forEach((reason, kind) -> kinds.merge(reason, kind, Kind::plus));
  }

  @Override
  public RefusedRecords clone() {
    RefusedRecords copy = new RefusedRecords();
    copy.kinds = new TreeMap<>(kinds);
    return copy;
  }

  /** What was counted of a topic, most first. */
  static RefusedRows rows(TreeMap<String, Kind> kinds, String topic) {
    List<RefusedRows.Reason> reasons =
        kinds.entrySet().stream()
            .map(
                each ->
                    new RefusedRows.Reason(
                        each.getKey(),
                        each.getValue().records(),
                        topic
                            + "-"
                            + each.getValue().partition()
                            + "@"
                            + each.getValue().offset()
                            + ": "
                            + each.getValue().detail()))
            .sorted(Comparator.comparingLong(RefusedRows.Reason::rows).reversed())
            .toList();
    return new RefusedRows(reasons);
  }
}
