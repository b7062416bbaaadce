package dev.eddy.connectors.serde;

import java.util.Objects;
import org.apache.flink.api.common.serialization.SerializerConfig;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;

/** Tells Flink which serializer an event has. */
public final class EventTypeInformation<T> extends TypeInformation<T> {
  private static final long serialVersionUID = 1;

  private final Class<T> type;
  private final EventSerializer<T> serializer;

  /** Of an event and its serializer. */
  public EventTypeInformation(Class<T> type, EventSerializer<T> serializer) {
    this.type = type;
    this.serializer = serializer;
  }

  @Override
  public TypeSerializer<T> createSerializer(SerializerConfig config) {
    return serializer.duplicate();
  }

  @Override
  public Class<T> getTypeClass() {
    return type;
  }

  @Override
  public boolean isBasicType() {
    return false;
  }

  @Override
  public boolean isTupleType() {
    return false;
  }

  @Override
  public boolean isKeyType() {
    return false;
  }

  @Override
  public int getArity() {
    return 1;
  }

  @Override
  public int getTotalFields() {
    return 1;
  }

  @Override
  public boolean canEqual(Object other) {
    return other instanceof EventTypeInformation;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EventTypeInformation<?> that && that.type == type;
  }

  @Override
  public int hashCode() {
    return Objects.hash(EventTypeInformation.class, type);
  }

  @Override
  public String toString() {
    return type.getSimpleName();
  }
}
