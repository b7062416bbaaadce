package dev.eddy.pipeline.evaluation.pending;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Remembers of a key what its next observation is scored with, but for the forecasts themselves,
 * which lie apart so that they are written once. Kept as bytes, the first of which is the layout.
 */
final class KeyForecasts {
  private static final int LAYOUT = 1;
  private static final int MOST_LANES = 8;
  private static final int LONGEST_LABEL = 1000; // characters that are kept

  long observations; // that have come
  long lastTime = Long.MIN_VALUE;
  long serving; // shape that served last; 0 for none
  final double[] last; // [targets] the last actual, NaN where there was none
  private final int named; // which targets, in their order
  @Nullable String lastLabel;
  final List<Lane> lanes = new ArrayList<>();

  /** Of a key that was never observed. */
  KeyForecasts(List<String> targets) {
    last = new double[targets.size()];
    Arrays.fill(last, Double.NaN);
    named = targets.hashCode(); // as the classes of Java define it: the same in every process
  }

  /**
   * The lane of a version, begun where there is none.
   *
   * @param columns targets times horizons of the version
   */
  Lane lane(long shape, boolean shadow, int columns) {
    for (Lane each : lanes) {
      if (each.shape == shape && each.shadow == shadow) {
        return each;
      }
    }
    Lane begun = new Lane(freeNumber(), shape, shadow, columns);
    lanes.add(begun);
    return begun;
  }

  /** The lane that must go for another: the oldest, where there are as many as may be. */
  @Nullable Lane surplus() {
    return lanes.size() > MOST_LANES ? lanes.get(0) : null;
  }

  /** The observation was of this class. */
  void remember(String label) {
    lastLabel = label.length() <= LONGEST_LABEL ? label : null;
  }

  private int freeNumber() {
    int number = 0;
    while (isTaken(number)) {
      number++;
    }
    return number;
  }

  private boolean isTaken(int number) {
    return lanes.stream().anyMatch(lane -> lane.number == number);
  }

  byte[] write() throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(128);
    out.writeByte(LAYOUT);
    out.writeLong(observations);
    out.writeLong(lastTime);
    out.writeLong(serving);
    out.writeInt(named);
    out.writeShort(last.length);
    for (double value : last) {
      out.writeDouble(value);
    }
    out.writeBoolean(lastLabel != null);
    if (lastLabel != null) {
      out.writeUTF(lastLabel);
    }
    out.writeByte(lanes.size());
    for (Lane lane : lanes) {
      write(lane, out);
    }
    return out.getCopyOfBuffer();
  }

  private static void write(Lane lane, DataOutput out) throws IOException {
    out.writeShort(lane.number);
    out.writeLong(lane.shape);
    out.writeBoolean(lane.shadow);
    out.writeLong(lane.next);
    out.writeLong(lane.lastClock);
    out.writeLong(lane.swapped);
    out.writeShort(lane.heads.length);
    for (long head : lane.heads) {
      out.writeInt((int) (lane.next - head));
    }
  }

  /**
   * What was written.
   *
   * @param targets of the deployment today; of others, or in another order, no actual is remembered
   */
  static KeyForecasts read(byte[] bytes, List<String> targets) throws IOException {
    DataInputDeserializer in = new DataInputDeserializer(bytes);
    int layout = in.readUnsignedByte();
    if (layout != LAYOUT) {
      throw new IOException("forecasts: layout " + layout + " (this build reads " + LAYOUT + ")");
    }
    KeyForecasts read = new KeyForecasts(targets);
    read.observations = in.readLong();
    read.lastTime = in.readLong();
    read.serving = in.readLong();
    readLast(in, read);
    read.lastLabel = in.readBoolean() ? in.readUTF() : null;
    int lanes = in.readUnsignedByte();
    for (int i = 0; i < lanes; i++) {
      read.lanes.add(readLane(in));
    }
    return read;
  }

  private static void readLast(DataInput in, KeyForecasts into) throws IOException {
    boolean same = in.readInt() == into.named;
    int written = in.readUnsignedShort();
    for (int target = 0; target < written; target++) {
      double value = in.readDouble();
      if (same && written == into.last.length) {
        into.last[target] = value;
      }
    }
  }

  private static Lane readLane(DataInput in) throws IOException {
    int number = in.readUnsignedShort();
    long shape = in.readLong();
    boolean shadow = in.readBoolean();
    long next = in.readLong();
    long lastClock = in.readLong();
    long swapped = in.readLong();
    Lane lane = new Lane(number, shape, shadow, in.readUnsignedShort());
    lane.next = next;
    lane.lastClock = lastClock;
    lane.swapped = swapped;
    for (int column = 0; column < lane.heads.length; column++) {
      lane.heads[column] = next - in.readInt();
    }
    return lane;
  }
}
