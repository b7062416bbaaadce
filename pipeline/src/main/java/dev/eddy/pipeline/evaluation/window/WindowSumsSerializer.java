package dev.eddy.pipeline.evaluation.window;

import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.connectors.serde.EventSerializer;
import dev.eddy.connectors.serde.LayoutSnapshot;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.jspecify.annotations.Nullable;

/**
 * Binary form of {@link WindowSums} between tasks and in checkpoints. Its first byte is the layout.
 */
final class WindowSumsSerializer extends EventSerializer<WindowSums> {
  private static final long serialVersionUID = 1;
  private static final int LAYOUT = 1;

  private transient @Nullable ShapeCodec shapes;

  @Override
  public TypeSerializer<WindowSums> duplicate() {
    return new WindowSumsSerializer();
  }

  @Override
  public WindowSums createInstance() {
    return new WindowSums(0, new Scored(new Classes("", List.of()), false));
  }

  @Override
  public void serialize(WindowSums sums, DataOutputView target) throws IOException {
    target.writeByte(LAYOUT);
    target.writeLong(sums.window());
    shapes().write(sums.of().shape(), target);
    target.writeBoolean(sums.of().shadow());
    target.writeLong(sums.answers());
    target.writeLong(sums.lastAnswer());
    target.writeLong(sums.late());
    target.writeInt(sums.sums().length);
    for (double sum : sums.sums()) {
      target.writeDouble(sum);
    }
  }

  @Override
  public WindowSums deserialize(DataInputView source) throws IOException {
    int layout = source.readUnsignedByte();
    if (layout != LAYOUT) {
      throw new IOException("window: layout " + layout + " (this build reads " + LAYOUT + ")");
    }
    long window = source.readLong();
    Scored of = new Scored(shapes().read(source), source.readBoolean());
    long answers = source.readLong();
    long lastAnswer = source.readLong();
    long late = source.readLong();
    double[] sums = new double[source.readInt()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = source.readDouble();
    }
    WindowSums read = new WindowSums(window, of, sums);
    read.answered(answers, lastAnswer);
    read.late(late);
    return read;
  }

  private ShapeCodec shapes() {
    ShapeCodec known = shapes;
    if (known == null) {
      known = new ShapeCodec();
      shapes = known;
    }
    return known;
  }

  @Override
  public TypeSerializerSnapshot<WindowSums> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<WindowSums> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(new WindowSumsSerializer());
    }
  }
}
