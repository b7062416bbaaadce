package dev.eddy.pipeline.state;

import dev.eddy.model.encoding.KeyMemory;
import dev.eddy.model.inference.CalibrationState;
import dev.eddy.model.inference.KeyState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Stores {@link StoredKeyState} in a fixed little-endian layout, arrays copied in bulk. Every value
 * begins with the number of its layout, so that bytes written by an older Eddy stay readable.
 *
 * <pre>
 * layout 8:  byte 8, then as layout 7; of a key that is shadowed, and of no other
 * layout 7:  byte 7
 *            int version, long lastTime, int partition, int late, long lateTime
 *            long[4] digest of the model, int half, count, told, fields of the recent inputs
 *            then as layout 6 from H on
 * layout 6:  byte 6
 *            int version, long lastTime, int partition, int late, long lateTime; no digest
 *            int H, int S, int M, int K, int V
 *            float[H] hidden
 *            double[S] statistics of the memory, double[M] its values
 *            double[K] clocks of the calibration, double[V] its values
 * layout 5:  byte 5
 *            int version, long lastTime, int partition, int late, long lateTime
 *            then as layout 2 from H on
 * layout 4:  byte 4
 *            int version, long lastTime, int partition
 *            then as layout 2 from H on; where late is 0
 * layout 3:  byte 3
 *            int version, long lastTime, int late, long lateTime
 *            then as layout 2 from H on; only where late is not 0 and there is no partition
 * layout 2:  byte 2
 *            int version, long lastTime
 *            int H, int S, int M, int K, int V
 *            float[H] hidden
 *            double[S] statistics of the memory, float[M] its values
 *            double[K] clocks of the calibration, float[V] its values
 *            only where late is 0 and there is no partition
 * layout 1:  without K and V and their arrays; calibration begins anew
 * </pre>
 *
 * Keeps a scratch buffer, so each thread needs its own {@link #duplicate()}.
 */
public final class StoredKeyStateSerializer extends TypeSerializer<StoredKeyState> {
  /** The newest layout that is written; it and all before it are read. */
  static final int LAYOUT = 8;

  private static final int WITHOUT_CALIBRATION = 1; // layout
  private static final int LATE_UNPLACED = 3; // layout of what was late, without a partition
  private static final int PLACED = 4; // from this layout on there is a partition
  private static final int LATE = 5; // from this layout on there is what was late
  private static final int OF_DOUBLES = 6; // before this layout values were floats
  private static final int DIGESTED = 7; // from this layout on there are digest and recent inputs
  private static final int DIGESTED_BYTES = 4 * Long.BYTES + 4 * Integer.BYTES;
  private static final int LATE_BYTES = Integer.BYTES + Long.BYTES;
  private static final int FIXED_BYTES = Integer.BYTES + Long.BYTES;
  private static final int MAX_LENGTH = 1 << 26;
  private static final long serialVersionUID = 1L;

  private transient byte @Nullable [] scratch;

  @Override
  public void serialize(StoredKeyState state, DataOutputView target) throws IOException {
    float[] hidden = state.keyState().hidden();
    KeyMemory memory = state.keyState().memory();
    CalibrationState calibration = state.keyState().calibration();
    int remembered = memory.statistics().length + memory.values().length;
    int doubles = remembered + calibration.clocks().length + calibration.values().length;
    int lengths = 5 * Integer.BYTES;
    int arrays = hidden.length * Float.BYTES + doubles * Double.BYTES;
    int layout = state.shadowed() ? LAYOUT : DIGESTED;
    int bytes = 1 + fixedBytes(layout) + lengths + arrays;
    byte[] array = scratch(bytes);
    ByteBuffer buffer = littleEndian(array);
    buffer.put((byte) layout);
    buffer.putInt(state.model().version()).putLong(state.lastTime()).putInt(state.partition());
    buffer.putInt(state.late()).putLong(state.lateTime());
    put(buffer, state.model(), state.recent());
    buffer.putInt(hidden.length);
    buffer.putInt(memory.statistics().length).putInt(memory.values().length);
    buffer.putInt(calibration.clocks().length).putInt(calibration.values().length);
    put(buffer, hidden);
    put(buffer, memory.statistics());
    put(buffer, memory.values());
    put(buffer, calibration.clocks());
    put(buffer, calibration.values());
    target.write(array, 0, bytes);
  }

  @Override
  public StoredKeyState deserialize(DataInputView source) throws IOException {
    byte layout = readLayout(source);
    boolean calibrated = layout > WITHOUT_CALIBRATION;
    boolean isLate = isLate(layout);
    boolean digested = layout >= DIGESTED;
    ByteBuffer header = fill(source, fixedBytes(layout) + (calibrated ? 5 : 3) * Integer.BYTES);
    int version = header.getInt();
    long lastTime = header.getLong();
    int partition = layout >= PLACED ? header.getInt() : StoredKeyState.NO_PARTITION;
    int late = isLate ? header.getInt() : 0;
    long lateTime = isLate ? header.getLong() : 0;
    ExactModel model = digested ? model(version, header) : ExactModel.undigested(version);
    RecentMark recent =
        digested
            ? new RecentMark(header.getInt(), header.getInt(), header.getInt(), header.getInt())
            : RecentMark.NONE;
    float[] hidden = new float[length("hidden", header.getInt())];
    double[] statistics = new double[length("statistics", header.getInt())];
    double[] remembered = new double[length("memory", header.getInt())];
    double[] clocks = new double[calibrated ? length("clocks", header.getInt()) : 0];
    double[] values = new double[calibrated ? length("values", header.getInt()) : 0];
    boolean floats = layout < OF_DOUBLES;
    int sums = statistics.length + clocks.length;
    int valueBytes = (remembered.length + values.length) * (floats ? Float.BYTES : Double.BYTES);
    ByteBuffer body = fill(source, hidden.length * Float.BYTES + sums * Double.BYTES + valueBytes);
    get(body, hidden);
    get(body, statistics);
    getValues(body, floats, remembered);
    get(body, clocks);
    getValues(body, floats, values);
    KeyMemory memory = new KeyMemory(statistics, remembered);
    CalibrationState calibration = new CalibrationState(clocks, values);
    return new StoredKeyState(
        model,
        lastTime,
        late,
        lateTime,
        partition,
        recent,
        layout == LAYOUT,
        new KeyState(hidden, memory, calibration));
  }

  private static boolean isLate(int layout) {
    return layout == LATE_UNPLACED || layout >= LATE;
  }

  private static int fixedBytes(int layout) {
    return FIXED_BYTES
        + (layout >= PLACED ? Integer.BYTES : 0)
        + (isLate(layout) ? LATE_BYTES : 0)
        + (layout >= DIGESTED ? DIGESTED_BYTES : 0);
  }

  private static ExactModel model(int version, ByteBuffer header) {
    return new ExactModel(
        version, header.getLong(), header.getLong(), header.getLong(), header.getLong());
  }

  private static void put(ByteBuffer buffer, ExactModel model, RecentMark recent) {
    buffer.putLong(model.first()).putLong(model.second());
    buffer.putLong(model.third()).putLong(model.fourth());
    buffer.putInt(recent.half()).putInt(recent.count());
    buffer.putInt(recent.told()).putInt(recent.fields());
  }

  private static byte readLayout(DataInputView source) throws IOException {
    byte layout = source.readByte();
    if (layout < WITHOUT_CALIBRATION || layout > LAYOUT) {
      throw new IOException(
          "key state: layout "
              + layout
              + " (must be "
              + WITHOUT_CALIBRATION
              + " to "
              + LAYOUT
              + "; written by a newer Eddy?)");
    }
    return layout;
  }

  @Override
  public StoredKeyState deserialize(StoredKeyState reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public StoredKeyState copy(StoredKeyState from) {
    return from.copy();
  }

  @Override
  public StoredKeyState copy(StoredKeyState from, StoredKeyState reuse) {
    return from.copy();
  }

  @Override
  public StoredKeyState createInstance() {
    KeyMemory memory = new KeyMemory(new double[0], new double[0]);
    return new StoredKeyState(
        ExactModel.undigested(0),
        Long.MIN_VALUE,
        new KeyState(new float[0], memory, CalibrationState.none()));
  }

  @Override
  public TypeSerializer<StoredKeyState> duplicate() {
    return new StoredKeyStateSerializer();
  }

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public TypeSerializerSnapshot<StoredKeyState> snapshotConfiguration() {
    return new HiddenStateSerializerSnapshot();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StoredKeyStateSerializer;
  }

  @Override
  public int hashCode() {
    return StoredKeyStateSerializer.class.hashCode();
  }

  private static int length(String array, int value) throws IOException {
    if (value < 0 || value > MAX_LENGTH) {
      throw new IOException(
          "key state: length of " + array + " " + value + " (must be 0 to " + MAX_LENGTH + ")");
    }
    return value;
  }

  private ByteBuffer fill(DataInputView source, int bytes) throws IOException {
    byte[] array = scratch(bytes);
    source.readFully(array, 0, bytes);
    return littleEndian(array);
  }

  private byte[] scratch(int bytes) {
    byte[] array = scratch;
    if (array == null || array.length < bytes) {
      array = new byte[Math.max(1024, 2 * bytes)];
      scratch = array;
    }
    return array;
  }

  private static ByteBuffer littleEndian(byte[] array) {
    return ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void getValues(ByteBuffer buffer, boolean floats, double[] values) {
    if (!floats) {
      get(buffer, values);
      return;
    }
    for (int i = 0; i < values.length; i++) {
      values[i] = buffer.getFloat();
    }
  }

  private static void put(ByteBuffer buffer, float[] values) {
    buffer.asFloatBuffer().put(values);
    buffer.position(buffer.position() + values.length * Float.BYTES);
  }

  private static void put(ByteBuffer buffer, double[] values) {
    buffer.asDoubleBuffer().put(values);
    buffer.position(buffer.position() + values.length * Double.BYTES);
  }

  private static void get(ByteBuffer buffer, float[] values) {
    buffer.asFloatBuffer().get(values);
    buffer.position(buffer.position() + values.length * Float.BYTES);
  }

  private static void get(ByteBuffer buffer, double[] values) {
    buffer.asDoubleBuffer().get(values);
    buffer.position(buffer.position() + values.length * Double.BYTES);
  }
}
