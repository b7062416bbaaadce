package dev.eddy.connectors.serde;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The layout that an event was written in, kept beside the bytes. There is one layout so far; a
 * change of layout raises {@link #LAYOUT}, and then an older number read here selects the older
 * reader.
 */
abstract class LayoutSnapshot<T> implements TypeSerializerSnapshot<T> {
  static final int LAYOUT = 1;

  private final TypeSerializer<T> serializer;

  LayoutSnapshot(TypeSerializer<T> serializer) {
    this.serializer = serializer;
  }

  @Override
  public final int getCurrentVersion() {
    return LAYOUT;
  }

  @Override
  public final void writeSnapshot(DataOutputView target) {
    // The layout's number is all, and Flink writes it.
  }

  @Override
  public final void readSnapshot(int layout, DataInputView source, ClassLoader loader)
      throws IOException {
    if (layout != LAYOUT) {
      throw new IOException(
          getClass().getName() + ": layout " + layout + " (this build reads " + LAYOUT + ")");
    }
  }

  @Override
  public final TypeSerializer<T> restoreSerializer() {
    return serializer;
  }

  @Override
  public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    return old.getClass() == getClass()
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.incompatible();
  }
}
