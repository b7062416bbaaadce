package dev.eddy.pipeline.evaluation;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.serde.EventSerializer;
import dev.eddy.connectors.serde.EventTypes;
import dev.eddy.connectors.serde.LayoutSnapshot;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * Compact binary form of an {@link Answered} between Flink's tasks and in unaligned checkpoints.
 * Its first byte is the layout.
 */
final class AnsweredSerializer extends EventSerializer<Answered> {
  private static final long serialVersionUID = 1;
  private static final int LAYOUT = 1;

  private transient @Nullable TypeSerializer<Prediction> predictions;

  @Override
  public TypeSerializer<Answered> duplicate() {
    return new AnsweredSerializer(); // that of predictions keeps the last shape
  }

  @Override
  public Answered createInstance() {
    return new Answered("", 0, new double[0], null, List.of());
  }

  @Override
  public void serialize(Answered answered, DataOutputView target) throws IOException {
    target.writeByte(LAYOUT);
    StringValue.writeString(answered.key(), target);
    target.writeLong(answered.time());
    target.writeShort(answered.actuals().length);
    for (double actual : answered.actuals()) {
      target.writeDouble(actual);
    }
    StringValue.writeString(answered.label(), target);
    target.writeShort(answered.answers().size());
    for (Answer answer : answered.answers()) {
      target.writeBoolean(answer.shadow());
      predictions().serialize(answer.prediction(), target);
    }
  }

  @Override
  public Answered deserialize(DataInputView source) throws IOException {
    int layout = source.readUnsignedByte();
    if (layout != LAYOUT) {
      throw new IOException("answered: layout " + layout + " (this build reads " + LAYOUT + ")");
    }
    String key = StringValue.readString(source);
    long time = source.readLong();
    double[] actuals = new double[source.readUnsignedShort()];
    for (int target = 0; target < actuals.length; target++) {
      actuals[target] = source.readDouble();
    }
    String label = StringValue.readString(source);
    Answer[] answers = new Answer[source.readUnsignedShort()];
    for (int i = 0; i < answers.length; i++) {
      boolean shadow = source.readBoolean();
      answers[i] = new Answer(predictions().deserialize(source), shadow);
    }
    return new Answered(key, time, actuals, label, List.of(answers));
  }

  private TypeSerializer<Prediction> predictions() {
    TypeSerializer<Prediction> known = predictions;
    if (known == null) {
      known = EventTypes.PREDICTION.createSerializer(new SerializerConfigImpl());
      predictions = known;
    }
    return known;
  }

  @Override
  public TypeSerializerSnapshot<Answered> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<Answered> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(new AnsweredSerializer());
    }
  }
}
