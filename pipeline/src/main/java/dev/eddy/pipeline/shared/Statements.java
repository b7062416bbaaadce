package dev.eddy.pipeline.shared;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What was said of one feature, in the order of the times that it is said of, and of one time in
 * the order of when it was told. Of what is told twice at once, the later place on the topic
 * counts.
 */
final class Statements {
  static final int NONE = -1;

  private static final long NOWHERE = -1; // before all places

  // [size], of the arrays' greater length
  private long[] at = new long[8];
  private long[] told = new long[8];
  private long[] places = new long[8];
  private double[] values = new double[8];
  private int size;

  int size() {
    return size;
  }

  /** The time that a statement is of. */
  long at(int index) {
    return at[index];
  }

  /** When it was told. */
  long told(int index) {
    return told[index];
  }

  double value(int index) {
    return values[index];
  }

  /** Adds what is told, or what is told anew; says whether it was not known. */
  boolean add(long time, long toldTime, long place, double value) {
    int index = first(time, toldTime);
    if (index < size && at[index] == time && told[index] == toldTime) {
      boolean later = place >= places[index];
      boolean other = later && Double.compare(value, values[index]) != 0;
      if (later) {
        set(index, time, toldTime, place, value);
      }
      return other;
    }
    if (size == at.length) {
      grow();
    }
    System.arraycopy(at, index, at, index + 1, size - index);
    System.arraycopy(told, index, told, index + 1, size - index);
    System.arraycopy(places, index, places, index + 1, size - index);
    System.arraycopy(values, index, values, index + 1, size - index);
    size++;
    set(index, time, toldTime, place, value);
    return true;
  }

  /** Lets whatever a partition that begins anew tells take the place of what it has told. */
  void beforeAll(int partition) {
    for (int i = 0; i < size; i++) {
      if (SharedPlaces.partition(places[i]) == partition) {
        places[i] = NOWHERE;
      }
    }
  }

  private void set(int index, long time, long toldTime, long place, double value) {
    at[index] = time;
    told[index] = toldTime;
    places[index] = place;
    values[index] = value;
  }

  private void grow() {
    at = Arrays.copyOf(at, 2 * size);
    told = Arrays.copyOf(told, 2 * size);
    places = Arrays.copyOf(places, 2 * size);
    values = Arrays.copyOf(values, 2 * size);
  }

  /** The first statement that is of a later time, or of this one and not told before. */
  private int first(long time, long toldTime) {
    int from = 0;
    int to = size;
    if (size > 0 && isBefore(size - 1, time, toldTime)) {
      return size; // most come in order
    }
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (isBefore(middle, time, toldTime)) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private boolean isBefore(int index, long time, long toldTime) {
    return at[index] < time || (at[index] == time && told[index] < toldTime);
  }

  /** The first statement of a time later than this; {@link #size} if there is none. */
  int after(long time) {
    return first(time + 1, Long.MIN_VALUE);
  }

  /**
   * The newest statement of a time up to {@code time}, told by {@code now}; of one time the last
   * told.
   *
   * @param later times must be later than this
   */
  int newest(long time, long later, long now) {
    for (int index = after(time) - 1; index >= 0 && at[index] > later; index--) {
      if (told[index] <= now) {
        return index;
      }
    }
    return NONE;
  }

  /** Forgets what is of a time before {@code time}, but for what held then. */
  void forget(long time) {
    int gone = after(time) - 1; // the last of these goes on holding
    if (gone > 0) {
      size -= gone;
      System.arraycopy(at, gone, at, 0, size);
      System.arraycopy(told, gone, told, 0, size);
      System.arraycopy(places, gone, places, 0, size);
      System.arraycopy(values, gone, values, 0, size);
    }
  }

  void write(DataOutput target) throws IOException {
    target.writeInt(size);
    for (int i = 0; i < size; i++) {
      target.writeLong(at[i]);
      target.writeLong(told[i]);
      target.writeLong(places[i]);
      target.writeDouble(values[i]);
    }
  }

  static Statements read(DataInput source) throws IOException {
    Statements read = new Statements();
    int count = source.readInt();
    for (int i = 0; i < count; i++) {
      var unused =
          read.add(source.readLong(), source.readLong(), source.readLong(), source.readDouble());
    }
    return read;
  }
}
