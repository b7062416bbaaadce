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
 */
public record Observation(
    String key,
    long time,
    float[] numeric,
    @Nullable String[] categories,
    @Nullable String label,
    FutureValues future,
    int partition,
    long offset)
    implements KeyedEvent {

  /** An observation that tells nothing of the future. */
  public Observation(
      String key,
      long time,
      float[] numeric,
      @Nullable String[] categories,
      @Nullable String label,
      int partition,
      long offset) {
    this(key, time, numeric, categories, label, FutureValues.NONE, partition, offset);
  }

  /** The same, telling this of the future. */
  public Observation withFuture(FutureValues told) {
    return new Observation(key, time, numeric, categories, label, told, partition, offset);
  }
}
