package dev.eddy.connectors.event;

import org.jspecify.annotations.Nullable;

/**
 * A record that could not be stepped, on its way to the dead-letter topic.
 *
 * @param reason why, a short fixed word such as {@code malformed} or {@code out-of-order}
 * @param detail one line: the place, the value found, what was expected
 * @param topic the observations topic
 * @param partition its partition
 * @param offset its offset
 * @param key the record's original key bytes; null where it had none
 * @param value the record's original value bytes; null for a tombstone
 */
public record DeadLetter(
    String reason,
    String detail,
    String topic,
    int partition,
    long offset,
    byte @Nullable [] key,
    byte @Nullable [] value)
    implements Decoded {

  /**
   * What a sample of records says of those that are none, the first of which is this one.
   *
   * @param letters how many are none
   * @param records how many there are
   */
  public String firstOf(int letters, int records) {
    return letters
        + " of the newest "
        + records
        + " records would be dead letters, the first at partition "
        + partition
        + " offset "
        + offset
        + ": "
        + reason
        + ", "
        + detail;
  }
}
