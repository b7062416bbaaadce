package dev.eddy.connectors.event;

import org.jspecify.annotations.Nullable;

/**
 * One event of one key, as decoded from the observations topic. The arrays are ordered by the
 * deployment's {@link ObservationSchema}, are not copied, and must not be changed.
 *
 * @param key the series key
 * @param time event time, epoch milliseconds
 * @param numeric [numeric features], NaN where missing
 * @param categories [categorical features], null where missing
 * @param label the class of this observation where it is known (training and scoring only)
 * @param future what the record tells of the observations to come
 * @param partition partition of the observations topic it came from
 * @param offset offset within that partition
 * @param recordTime the record's Kafka timestamp, epoch milliseconds; {@link #NO_RECORD_TIME} where
 *     there is none, as in a file
 */
public record Observation(
    String key,
    long time,
    double[] numeric,
    @Nullable String[] categories,
    @Nullable String label,
    FutureValues future,
    int partition,
    long offset,
    long recordTime)
    implements KeyedEvent {

  /** The Kafka timestamp of what has none; Kafka's own word for it. */
  public static final long NO_RECORD_TIME = -1;

  /** An observation that tells nothing of the future, of a record without a Kafka timestamp. */
  public Observation(
      String key,
      long time,
      double[] numeric,
      @Nullable String[] categories,
      @Nullable String label,
      int partition,
      long offset) {
    this(
        key,
        time,
        numeric,
        categories,
        label,
        FutureValues.NONE,
        partition,
        offset,
        NO_RECORD_TIME);
  }

  /** The same, telling this of the future. */
  public Observation withFuture(FutureValues told) {
    return new Observation(
        key, time, numeric, categories, label, told, partition, offset, recordTime);
  }
}
