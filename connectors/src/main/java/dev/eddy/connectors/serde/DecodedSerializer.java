package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.Observation;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Compact binary form of a {@link Decoded} between Flink's tasks and in its checkpoints. Its layout
 * is that of the {@link ObservationSerializer}, from layout 3 on behind a {@link LayoutMark};
 * layout 1 has no future updates.
 */
final class DecodedSerializer extends EventSerializer<Decoded> {
  private static final long serialVersionUID = 1;

  private static final int UNMARKED = 2; // newest layout without a mark
  private static final int OBSERVATION = 0;
  private static final int DEAD_LETTER = 1;
  private static final int FUTURE_UPDATE = 2;

  private final ObservationSerializer observations = new ObservationSerializer();
  private final FutureUpdateSerializer futureUpdates = new FutureUpdateSerializer();
  private final DeadLetterSerializer deadLetters = new DeadLetterSerializer();

  /** Reads and writes the newest layout. */
  DecodedSerializer() {
    this(ObservationSerializer.NEWEST);
  }

  private DecodedSerializer(int layout) {
    super(layout);
  }

  @Override
  public Decoded createInstance() {
    return observations.createInstance();
  }

  @Override
  public void serialize(Decoded decoded, DataOutputView target) throws IOException {
    LayoutMark.beforeKind(ObservationSerializer.NEWEST, target);
    if (decoded instanceof Observation observation) {
      target.writeByte(OBSERVATION);
      observations.serialize(observation, target);
    } else if (decoded instanceof FutureUpdate futureUpdate) {
      target.writeByte(FUTURE_UPDATE);
      futureUpdates.serialize(futureUpdate, target);
    } else {
      target.writeByte(DEAD_LETTER);
      deadLetters.serialize((DeadLetter) decoded, target);
    }
  }

  @Override
  public Decoded deserialize(DataInputView source) throws IOException {
    int first = source.readUnsignedByte();
    boolean marked = LayoutMark.isMark(first);
    int layout =
        marked
            ? LayoutMark.layout(first, ObservationSerializer.NEWEST)
            : Math.min(layout(), UNMARKED);
    int kind = marked ? source.readUnsignedByte() : first;
    return switch (kind) {
      case OBSERVATION -> ObservationSerializer.deserialize(layout, source);
      case FUTURE_UPDATE ->
          FutureUpdateSerializer.deserialize(ObservationSerializer.isOfFloats(layout), source);
      case DEAD_LETTER -> deadLetters.deserialize(source);
      default -> throw new IOException("decoded record: kind " + kind + " (must be 0 to 2)");
    };
  }

  @Override
  public TypeSerializerSnapshot<Decoded> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<Decoded> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(ObservationSerializer.NEWEST, DecodedSerializer::new);
    }
  }
}
