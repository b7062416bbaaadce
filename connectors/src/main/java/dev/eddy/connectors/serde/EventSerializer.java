package dev.eddy.connectors.serde;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Base of the events' serializers: events are immutable, so that copying is free and only {@link
 * #serialize} and {@link #deserialize} are left to each event.
 */
public abstract class EventSerializer<T> extends TypeSerializer<T> {
  private static final long serialVersionUID = 1;

  /** The layout that is read; what is written is always the newest. */
  private final int layout;

  /** Of an event that has had one layout only. */
  protected EventSerializer() {
    this(1);
  }

  EventSerializer(int layout) {
    this.layout = layout;
  }

  final int layout() {
    return layout;
  }

  @Override
  public abstract TypeSerializerSnapshot<T> snapshotConfiguration();

  @Override
  public final boolean isImmutableType() {
    return true;
  }

  @Override
  public TypeSerializer<T> duplicate() {
    return this;
  }

  @Override
  public final T copy(T from) {
    return from;
  }

  @Override
  public final T copy(T from, T reuse) {
    return from;
  }

  @Override
  public final void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public final T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public final int getLength() {
    return -1;
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof EventSerializer<?> that
        && that.getClass() == getClass()
        && that.layout == layout;
  }

  @Override
  public final int hashCode() {
    return getClass().hashCode();
  }
}
