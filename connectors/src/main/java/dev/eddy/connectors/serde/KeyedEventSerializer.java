package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Compact binary form of a {@link KeyedEvent} between Flink's tasks and in its checkpoints. */
final class KeyedEventSerializer extends EventSerializer<KeyedEvent> {
  private static final long serialVersionUID = 1;

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
    return source.readByte() == OBSERVATION
        ? observations.deserialize(source)
        : futureUpdates.deserialize(source);
  }

  @Override
  public TypeSerializerSnapshot<KeyedEvent> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<KeyedEvent> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(new KeyedEventSerializer());
    }
  }
}
