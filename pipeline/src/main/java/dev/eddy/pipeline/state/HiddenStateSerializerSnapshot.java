package dev.eddy.pipeline.state;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Tells a checkpoint which layout {@link StoredKeyStateSerializer} wrote. State of the same or an
 * older layout is read as it is, because each value names its layout; state of a newer one is
 * refused.
 *
 * <p>The class keeps the name that it was born with, from when stored key states were called hidden
 * states: savepoints and checkpoints hold it, and one that names a class that is gone cannot be
 * restored.
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
          "key state's serializer snapshot: version "
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
