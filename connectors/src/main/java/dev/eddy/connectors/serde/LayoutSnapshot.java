package dev.eddy.connectors.serde;

import java.io.IOException;
import java.util.function.IntFunction;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSchemaCompatibility;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * The layout that an event was written in, kept beside the bytes. Layouts count from 1; a change of
 * layout raises the newest one, and an older number read here selects the older reader.
 */
public abstract class LayoutSnapshot<T> implements TypeSerializerSnapshot<T> {
  private final int newest;
  private final IntFunction<TypeSerializer<T>> serializers;
  private int layout;

  /** Of an event that has had one layout only. */
  protected LayoutSnapshot(TypeSerializer<T> serializer) {
    this(1, layout -> serializer);
  }

  /**
   * Of an event whose layout has changed.
   *
   * @param newest the layout that is written
   * @param serializers what reads each layout
   */
  LayoutSnapshot(int newest, IntFunction<TypeSerializer<T>> serializers) {
    this.newest = newest;
    this.serializers = serializers;
    this.layout = newest;
  }

  @Override
  public final int getCurrentVersion() {
    return newest;
  }

  @Override
  public final void writeSnapshot(DataOutputView target) {
    // The layout's number is all, and Flink writes it.
  }

  @Override
  public final void readSnapshot(int written, DataInputView source, ClassLoader loader)
      throws IOException {
    if (written < 1 || written > newest) {
      throw new IOException(
          getClass().getName() + ": layout " + written + " (this build reads 1 to " + newest + ")");
    }
    layout = written;
  }

  @Override
  public final TypeSerializer<T> restoreSerializer() {
    return serializers.apply(layout);
  }

  @Override
  public final TypeSerializerSchemaCompatibility<T> resolveSchemaCompatibility(
      TypeSerializerSnapshot<T> old) {
    if (!(old instanceof LayoutSnapshot<T> other) || old.getClass() != getClass()) {
      return TypeSerializerSchemaCompatibility.incompatible();
    }
    return other.layout == newest
        ? TypeSerializerSchemaCompatibility.compatibleAsIs()
        : TypeSerializerSchemaCompatibility.compatibleAfterMigration();
  }
}
