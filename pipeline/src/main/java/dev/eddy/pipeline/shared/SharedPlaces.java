package dev.eddy.pipeline.shared;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Knows how far each partition of the shared topic is known, and notices when the topic was deleted
 * and made anew: it has another id, or its source, which reads forwards, begins again. Thread
 * confined.
 */
final class SharedPlaces {
  private static final int OFFSET_BITS = 44; // of a place on a topic; above it the partition

  private final Map<Integer, Long> read = new HashMap<>(); // next offset that is not known
  private final Map<Integer, Long> delivered = new HashMap<>(); // next offset from the source
  private String topic = ""; // its id; empty where it is not known

  /** A place on the topic; of two of one partition the later is the greater. */
  static long place(int partition, long offset) {
    return ((long) partition << OFFSET_BITS) | offset;
  }

  static int partition(long place) {
    return (int) (place >> OFFSET_BITS);
  }

  /** Whether a record is not known yet, which it is from now on. */
  boolean take(int partition, long offset) {
    if (offset < read.getOrDefault(partition, 0L)) {
      return false;
    }
    read.put(partition, offset + 1);
    return true;
  }

  /** Whether the source, with this record, has begun again. */
  boolean hasBegunAgain(int partition, long offset) {
    Long next = delivered.put(partition, offset + 1);
    return next != null && offset < next;
  }

  /** Whether the topic that is read now is another than the one that was, if that is known. */
  boolean isOther(String id) {
    boolean other = !topic.isEmpty() && !topic.equals(id);
    topic = id;
    return other;
  }

  /** Forgets a partition, whose records are new. */
  void forget(int partition) {
    read.remove(partition);
    delivered.remove(partition);
  }

  /** Next offset by partition, of those that are known. */
  Map<Integer, Long> read() {
    return Map.copyOf(read);
  }

  /** All partitions' records are to be read again, for features that are new. */
  void clear() {
    read.clear();
  }

  void write(DataOutput target) throws IOException {
    target.writeUTF(topic);
    write(delivered, target);
    write(read, target);
  }

  /**
   * Takes in what was written.
   *
   * @param offsetsAlone whether nothing was but how far the topic was known
   */
  void restore(DataInput source, boolean offsetsAlone) throws IOException {
    if (!offsetsAlone) {
      topic = source.readUTF();
      restore(delivered, source);
    }
    restore(read, source);
  }

  private static void write(Map<Integer, Long> offsets, DataOutput target) throws IOException {
    target.writeInt(offsets.size());
    for (Map.Entry<Integer, Long> each : offsets.entrySet()) {
      target.writeInt(each.getKey());
      target.writeLong(each.getValue());
    }
  }

  private static void restore(Map<Integer, Long> offsets, DataInput source) throws IOException {
    for (int count = source.readInt(); count > 0; count--) {
      offsets.put(source.readInt(), source.readLong());
    }
  }
}
