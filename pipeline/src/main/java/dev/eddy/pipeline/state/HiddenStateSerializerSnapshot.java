package dev.eddy.pipeline.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * What a checkpoint remembers of {@link StoredKeyStateSerializer}: the layout it wrote. State of
 * the same or an older layout is read as it is, because each value names its layout; state of a
 * newer one is refused.
 */
public final class HiddenStateSerializerSnapshot implements TypeSerializerSnapshot<StoredKeyState> {
  private static final int VERSION = 1;

  private int layout = StoredKeyStateSerializer.LAYOUT;

  @Override
  public int getCurrentVersion() {
    return VERSION;
  }

  @Override
  public void writeSnapshot(DataOutputView out) throws IOException {
    out.writeInt(layout);
  }

  @Override
  public void readSnapshot(int readVersion, DataInputView in, ClassLoader userCodeClassLoader)
      throws IOException {
    if (readVersion != VERSION) {
      throw new IOException(
          "hidden state's serializer snapshot: version "
              + readVersion
              + " (must be "
              + VERSION
              + "; written by a newer Eddy?)");
    }
    layout = in.readInt();
  }

  @Override
  public TypeSerializer<StoredKeyState> restoreSerializer() {
    return new StoredKeyStateSerializer();
  }

  @Override
  public TypeSerializerSchemaCompatibility<StoredKeyState> resolveSchemaCompatibility(
      TypeSerializerSnapshot<StoredKeyState> oldSerializerSnapshot) {
    return oldSerializerSnapshot instanceof HiddenStateSerializerSnapshot old
            && old.layout <= StoredKeyStateSerializer.LAYOUT
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
