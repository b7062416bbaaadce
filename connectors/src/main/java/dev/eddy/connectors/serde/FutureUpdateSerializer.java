package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Compact binary form of a {@link FutureUpdate} between Flink's tasks and in its checkpoints.
 * Layout 2 holds doubles where layout 1 holds floats.
 */
final class FutureUpdateSerializer extends EventSerializer<FutureUpdate> {
  private static final long serialVersionUID = 1;
  private static final int NEWEST = 2;
  private static final int OF_FLOATS = 1; // layout

  /** Reads and writes the newest layout. */
  FutureUpdateSerializer() {
    this(NEWEST);
  }

  private FutureUpdateSerializer(int layout) {
    super(layout);
  }

  @Override
  public FutureUpdate createInstance() {
    return new FutureUpdate("", 0, FutureValues.NONE, 0, 0);
  }

  @Override
  public void serialize(FutureUpdate futureUpdate, DataOutputView target) throws IOException {
    StringValue.writeString(futureUpdate.key(), target);
    target.writeLong(futureUpdate.time());
    FutureValuesLayout.write(futureUpdate.future(), target);
    target.writeInt(futureUpdate.partition());
    target.writeLong(futureUpdate.offset());
  }

  @Override
  public FutureUpdate deserialize(DataInputView source) throws IOException {
    return deserialize(layout() == OF_FLOATS, source);
  }

  /**
   * Reads one within another event.
   *
   * @param floats whether values are floats
   */
  static FutureUpdate deserialize(boolean floats, DataInputView source) throws IOException {
    return new FutureUpdate(
        StringValue.readString(source),
        source.readLong(),
        FutureValuesLayout.read(floats, source),
        source.readInt(),
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<FutureUpdate> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<FutureUpdate> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(NEWEST, FutureUpdateSerializer::new);
    }
  }
}
