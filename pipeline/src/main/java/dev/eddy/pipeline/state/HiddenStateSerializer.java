package dev.eddy.pipeline.state;

import dev.eddy.model.inference.RecurrentState;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Stores {@link HiddenState} in a fixed little-endian layout, arrays copied in bulk. Every value
 * begins with the number of its layout, so that bytes written by an older Eddy stay readable.
 *
 * <pre>
 * layout 1:  byte 1
 *            int version, long lastTime
 *            int H, int S, int M
 *            float[H] hidden, double[S] statistics, float[M] memory
 * </pre>
 *
 * Keeps a scratch buffer, so each thread needs its own {@link #duplicate()}.
 */
public final class HiddenStateSerializer extends TypeSerializer<HiddenState> {
  /** The layout that is written; it and all before it are read. */
  static final int LAYOUT = 1;

  private static final int HEADER_BYTES = 1 + Integer.BYTES + Long.BYTES + 3 * Integer.BYTES;
  private static final int MAX_LENGTH = 1 << 26;
  private static final long serialVersionUID = 1L;

  private transient byte @Nullable [] scratch;

  @Override
  public void serialize(HiddenState state, DataOutputView target) throws IOException {
    float[] hidden = state.recurrent().hidden();
    double[] statistics = state.recurrent().statistics();
    float[] memory = state.recurrent().memory();
    int bytes = HEADER_BYTES + bodyBytes(hidden.length, statistics.length, memory.length);
    byte[] array = scratch(bytes);
    ByteBuffer buffer = littleEndian(array);
    buffer.put((byte) LAYOUT).putInt(state.version()).putLong(state.lastTime());
    buffer.putInt(hidden.length).putInt(statistics.length).putInt(memory.length);
    put(buffer, hidden);
    put(buffer, statistics);
    put(buffer, memory);
    target.write(array, 0, bytes);
  }

  @Override
  public HiddenState deserialize(DataInputView source) throws IOException {
    byte layout = source.readByte();
    if (layout != LAYOUT) {
      throw new IOException(
          "hidden state: layout " + layout + " (must be " + LAYOUT + "; written by a newer Eddy?)");
    }
    ByteBuffer header = fill(source, HEADER_BYTES - 1);
    int version = header.getInt();
    long lastTime = header.getLong();
    float[] hidden = new float[length("hidden", header.getInt())];
    double[] statistics = new double[length("statistics", header.getInt())];
    float[] memory = new float[length("memory", header.getInt())];
    ByteBuffer body = fill(source, bodyBytes(hidden.length, statistics.length, memory.length));
    get(body, hidden);
    get(body, statistics);
    get(body, memory);
    return new HiddenState(version, lastTime, new RecurrentState(hidden, statistics, memory));
  }

  @Override
  public HiddenState deserialize(HiddenState reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public HiddenState copy(HiddenState from) {
    return from.copy();
  }

  @Override
  public HiddenState copy(HiddenState from, HiddenState reuse) {
    return from.copy();
  }

  @Override
  public HiddenState createInstance() {
    return new HiddenState(
        0, Long.MIN_VALUE, new RecurrentState(new float[0], new double[0], new float[0]));
  }

  @Override
  public TypeSerializer<HiddenState> duplicate() {
    return new HiddenStateSerializer();
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
  public TypeSerializerSnapshot<HiddenState> snapshotConfiguration() {
    return new HiddenStateSerializerSnapshot();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HiddenStateSerializer;
  }

  @Override
  public int hashCode() {
    return HiddenStateSerializer.class.hashCode();
  }

  private static int bodyBytes(int hidden, int statistics, int memory) {
    return (hidden + memory) * Float.BYTES + statistics * Double.BYTES;
  }

  private static int length(String array, int value) throws IOException {
    if (value < 0 || value > MAX_LENGTH) {
      throw new IOException(
          "hidden state: length of " + array + " " + value + " (must be 0 to " + MAX_LENGTH + ")");
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
