package dev.eddy.connectors.event;

/**
 * What concerns one key at one event time, in the order of its partition: an {@link Observation},
 * which is stepped, or a {@link FutureUpdate}, which only tells the key's future.
 */
public sealed interface KeyedEvent extends Decoded permits Observation, FutureUpdate {
  /** The series key. */
  String key();

  /** Event time, epoch milliseconds. */
  long time();

  /** What it tells of the key's future. */
  FutureValues future();

  /** Partition of the observations topic it came from. */
  int partition();

  /** Offset within that partition. */
  long offset();
}
