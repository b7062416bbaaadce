package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Observation;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * Compact binary form of an {@link Observation} between Flink's tasks and in its checkpoints.
 * Layout 4 holds doubles where those before it hold floats; layout 3 ends with the record's Kafka
 * timestamp; layout 2 with the future values; layout 1 has neither.
 */
public final class ObservationSerializer extends EventSerializer<Observation> {
  static final int NEWEST = 4;

  private static final long serialVersionUID = 1;

  /** Reads and writes the newest layout. */
  public ObservationSerializer() {
    this(NEWEST);
  }

  /** Reads {@code layout}. */
  ObservationSerializer(int layout) {
    super(layout);
  }

  @Override
  public Observation createInstance() {
    return new Observation("", 0, new double[0], new String[0], null, 0, 0);
  }

  @Override
  public void serialize(Observation observation, DataOutputView target) throws IOException {
    StringValue.writeString(observation.key(), target);
    target.writeLong(observation.time());
    double[] numeric = observation.numeric();
    target.writeShort(numeric.length);
    for (double value : numeric) {
      target.writeLong(Double.doubleToRawLongBits(value));
    }
    @Nullable String[] categories = observation.categories();
    target.writeShort(categories.length);
    for (String category : categories) {
      StringValue.writeString(category, target);
    }
    StringValue.writeString(observation.label(), target);
    target.writeInt(observation.partition());
    target.writeLong(observation.offset());
    FutureValuesLayout.write(observation.future(), target);
    target.writeLong(observation.recordTime());
  }

  @Override
  public Observation deserialize(DataInputView source) throws IOException {
    return deserialize(layout(), source);
  }

  static Observation deserialize(int layout, DataInputView source) throws IOException {
    String key = StringValue.readString(source);
    long time = source.readLong();
    boolean floats = isOfFloats(layout);
    double[] numeric = new double[source.readUnsignedShort()];
    for (int i = 0; i < numeric.length; i++) {
      numeric[i] = floats ? source.readFloat() : source.readDouble();
    }
    int categoryCount = source.readUnsignedShort();
    @Nullable String[] categories = categoryCount == 0 ? NO_CATEGORIES : new String[categoryCount];
    for (int i = 0; i < categoryCount; i++) {
      categories[i] = StringValue.readString(source);
    }
    String label = StringValue.readString(source);
    int partition = source.readInt();
    long offset = source.readLong();
    FutureValues future = layout < 2 ? FutureValues.NONE : FutureValuesLayout.read(floats, source);
    long recordTime = layout < 3 ? Observation.NO_RECORD_TIME : source.readLong();
    return new Observation(
        key, time, numeric, categories, label, future, partition, offset, recordTime);
  }

  /** Whether values of a layout are floats, and so are those of future updates beside it. */
  static boolean isOfFloats(int layout) {
    return layout < 4;
  }

  @Override
  public TypeSerializerSnapshot<Observation> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<Observation> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(NEWEST, ObservationSerializer::new);
    }
  }

  private static final @Nullable String[] NO_CATEGORIES = {};
}
