package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.Observation;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Compact binary form of a {@link Decoded} between Flink's tasks and in its checkpoints. */
public final class DecodedSerializer extends EventSerializer<Decoded> {
  private static final long serialVersionUID = 1;

  private static final int OBSERVATION = 0;
  private static final int DEAD_LETTER = 1;

  private final ObservationSerializer observations = new ObservationSerializer();
  private final DeadLetterSerializer deadLetters = new DeadLetterSerializer();

  @Override
  public Decoded createInstance() {
    return observations.createInstance();
  }

  @Override
  public void serialize(Decoded decoded, DataOutputView target) throws IOException {
    if (decoded instanceof Observation observation) {
      target.writeByte(OBSERVATION);
      observations.serialize(observation, target);
    } else {
      target.writeByte(DEAD_LETTER);
      deadLetters.serialize((DeadLetter) decoded, target);
    }
  }

  @Override
  public Decoded deserialize(DataInputView source) throws IOException {
    return source.readByte() == OBSERVATION
        ? observations.deserialize(source)
        : deadLetters.deserialize(source);
  }

  @Override
  public TypeSerializerSnapshot<Decoded> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<Decoded> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(new DecodedSerializer());
    }
  }
}
