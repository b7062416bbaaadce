package dev.eddy.pipeline.evaluation.pending;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
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
  @Nullable String lastLabel;
  final List<Lane> lanes = new ArrayList<>();

  /** Of a key that was never observed. */
  KeyForecasts(int targets) {
    last = new double[targets];
    Arrays.fill(last, Double.NaN);
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(LAYOUT);
    out.writeLong(observations);
    out.writeLong(lastTime);
    out.writeLong(serving);
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
    return bytes.toByteArray();
  }

  private static void write(Lane lane, DataOutputStream out) throws IOException {
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
   * @param targets of the deployment today
   * @param known whether a shape is still known; of others nothing can be scored
   */
  static KeyForecasts read(byte[] bytes, int targets, Predicate<Long> known) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    int layout = in.readUnsignedByte();
    if (layout != LAYOUT) {
      throw new IOException("forecasts: layout " + layout + " (this build reads " + LAYOUT + ")");
    }
    KeyForecasts read = new KeyForecasts(targets);
    read.observations = in.readLong();
    read.lastTime = in.readLong();
    read.serving = in.readLong();
    int written = in.readUnsignedShort();
    for (int target = 0; target < written; target++) {
      double value = in.readDouble();
      if (written == targets) {
        read.last[target] = value;
      }
    }
    read.lastLabel = in.readBoolean() ? in.readUTF() : null;
    int lanes = in.readUnsignedByte();
    for (int i = 0; i < lanes; i++) {
      Lane lane = readLane(in);
      if (known.test(lane.shape)) {
        read.lanes.add(lane);
      }
    }
    return read;
  }

  private static Lane readLane(DataInputStream in) throws IOException {
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
