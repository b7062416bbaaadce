package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Compact binary form of a {@link KeyedEvent} between Flink's tasks and in its checkpoints. Layout
 * 2 begins with a {@link LayoutMark} of the observation's layout.
 */
final class KeyedEventSerializer extends EventSerializer<KeyedEvent> {
  private static final long serialVersionUID = 1;

  private static final int NEWEST = 2;
  private static final int UNMARKED = 2; // layout of an observation without a mark
  private static final int OBSERVATION = 0;
  private static final int FUTURE_UPDATE = 1;

  private final ObservationSerializer observations = new ObservationSerializer();
  private final FutureUpdateSerializer futureUpdates = new FutureUpdateSerializer();

  @Override
  public KeyedEvent createInstance() {
    return observations.createInstance();
  }

  @Override
  public void serialize(KeyedEvent event, DataOutputView target) throws IOException {
    LayoutMark.beforeKind(ObservationSerializer.NEWEST, target);
    if (event instanceof Observation observation) {
      target.writeByte(OBSERVATION);
      observations.serialize(observation, target);
    } else {
      target.writeByte(FUTURE_UPDATE);
      futureUpdates.serialize((FutureUpdate) event, target);
    }
  }

  @Override
  public KeyedEvent deserialize(DataInputView source) throws IOException {
    int first = source.readUnsignedByte();
    boolean marked = LayoutMark.isMark(first);
    int layout = marked ? LayoutMark.layout(first, ObservationSerializer.NEWEST) : UNMARKED;
    int kind = marked ? source.readUnsignedByte() : first;
    return kind == OBSERVATION
        ? ObservationSerializer.deserialize(layout, source)
        : FutureUpdateSerializer.deserialize(ObservationSerializer.isOfFloats(layout), source);
  }

  @Override
  public TypeSerializerSnapshot<KeyedEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<KeyedEvent> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(NEWEST, layout -> new KeyedEventSerializer());
    }
  }
}
