package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.DeadLetter;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * Compact binary form of a {@link DeadLetter} between Flink's tasks and in its checkpoints. Layout
 * 2 is layout 1 behind a {@link LayoutMark}.
 */
final class DeadLetterSerializer extends EventSerializer<DeadLetter> {
  private static final long serialVersionUID = 1;
  private static final int NEWEST = 2;

  private static final int ABSENT = -1;

  @Override
  public DeadLetter createInstance() {
    return new DeadLetter("", "", "", 0, 0, null, null);
  }

  @Override
  public void serialize(DeadLetter letter, DataOutputView target) throws IOException {
    LayoutMark.beforeText(NEWEST, target);
    StringValue.writeString(letter.reason(), target);
    StringValue.writeString(letter.detail(), target);
    StringValue.writeString(letter.topic(), target);
    target.writeInt(letter.partition());
    target.writeLong(letter.offset());
    writeBytes(letter.key(), target);
    writeBytes(letter.value(), target);
  }

  @Override
  public DeadLetter deserialize(DataInputView source) throws IOException {
    return new DeadLetter(
        LayoutMark.readText(source, NEWEST),
        StringValue.readString(source),
        StringValue.readString(source),
        source.readInt(),
        source.readLong(),
        readBytes(source),
        readBytes(source));
  }

  private static void writeBytes(byte @Nullable [] bytes, DataOutputView target)
      throws IOException {
    target.writeInt(bytes == null ? ABSENT : bytes.length);
    if (bytes != null) {
      target.write(bytes);
    }
  }

  private static byte @Nullable [] readBytes(DataInputView source) throws IOException {
    int length = source.readInt();
    if (length == ABSENT) {
      return null;
    }
    byte[] bytes = new byte[length];
    source.readFully(bytes);
    return bytes;
  }

  @Override
  public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<DeadLetter> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(NEWEST, layout -> new DeadLetterSerializer());
    }
  }
}
