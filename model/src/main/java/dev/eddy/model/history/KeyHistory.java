package dev.eddy.model.history;

import dev.eddy.model.spec.RawFutureUpdate;
import dev.eddy.model.spec.RawInput;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One key's observations, all in memory.
 *
 * @param key the series key
 * @param inputs raw inputs in the order of the history
 * @param labels the class of each observation, null where unknown
 * @param recordTimes the Kafka timestamp of each observation, epoch milliseconds; {@value
 *     #NO_RECORD_TIME} where it has none
 * @param futureUpdates future values that came without an observation, in their order, by the
 *     number of observations that came before them: 1 or more
 */
public record KeyHistory(
    String key,
    List<RawInput> inputs,
    @Nullable String[] labels,
    long[] recordTimes,
    Map<Integer, List<RawFutureUpdate>> futureUpdates) {

  /** The Kafka timestamp of what has none; Kafka's own word for it. */
  public static final long NO_RECORD_TIME = -1;

  /** Number of observations. */
  public int length() {
    return inputs.size();
  }

  /** Event time of observation {@code index}, epoch milliseconds. */
  public long time(int index) {
    return inputs.get(index).time();
  }

  /** What came without an observation right before observation {@code index}, in order. */
  public List<RawFutureUpdate> futureUpdatesBefore(int index) {
    return futureUpdates.isEmpty() ? List.of() : futureUpdates.getOrDefault(index, List.of());
  }
}
