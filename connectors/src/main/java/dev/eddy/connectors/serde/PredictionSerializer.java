package dev.eddy.connectors.serde;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import java.io.IOException;
import java.util.List;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * Compact binary form of a {@link Prediction} between Flink's tasks and in its checkpoints. Layout
 * 2 is layout 1 behind a {@link LayoutMark}; layout 3 holds doubles where those hold floats.
 */
final class PredictionSerializer extends EventSerializer<Prediction> {
  private static final long serialVersionUID = 1;
  private static final int NEWEST = 3;
  private static final int OF_DOUBLES = 3; // and later layouts

  private static final int FORECAST = 0;
  private static final int CLASSES = 1;

  // Predictions come in runs of one shape; keeping the last one spares an object per record.
  private transient @Nullable PredictionShape last;

  @Override
  public TypeSerializer<Prediction> duplicate() {
    return new PredictionSerializer();
  }

  @Override
  public Prediction createInstance() {
    return new Prediction("", 0, 0, 0, new Classes("", List.of()), new double[0]);
  }

  @Override
  public void serialize(Prediction prediction, DataOutputView target) throws IOException {
    LayoutMark.beforeText(NEWEST, target);
    StringValue.writeString(prediction.key(), target);
    target.writeLong(prediction.time());
    target.writeInt(prediction.partition());
    target.writeLong(prediction.offset());
    writeShape(prediction.shape(), target);
    for (double value : prediction.values()) {
      target.writeLong(Double.doubleToRawLongBits(value));
    }
  }

  @Override
  public Prediction deserialize(DataInputView source) throws IOException {
    int first = source.readUnsignedByte();
    int layout = LayoutMark.layoutBeforeText(first, source, NEWEST);
    String key = LayoutMark.readText(first, source);
    long time = source.readLong();
    int partition = source.readInt();
    long offset = source.readLong();
    PredictionShape shape = shared(readShape(source));
    double[] values = new double[shape.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = layout < OF_DOUBLES ? source.readFloat() : source.readDouble();
    }
    return new Prediction(key, time, partition, offset, shape, values);
  }

  private PredictionShape shared(PredictionShape shape) {
    PredictionShape known = last;
    if (known != null && known.equals(shape)) {
      return known;
    }
    last = shape;
    return shape;
  }

  private static void writeShape(PredictionShape shape, DataOutputView target) throws IOException {
    if (shape instanceof Forecast forecast) {
      target.writeByte(FORECAST);
      StringValue.writeString(forecast.model(), target);
      target.writeLong(forecast.intervalMillis());
      writeTexts(forecast.targets(), target);
      target.writeShort(forecast.horizons().size());
      for (int horizon : forecast.horizons()) {
        target.writeInt(horizon);
      }
      target.writeShort(forecast.quantiles().size());
      for (double quantile : forecast.quantiles()) {
        target.writeDouble(quantile);
      }
    } else {
      Classes classes = (Classes) shape;
      target.writeByte(CLASSES);
      StringValue.writeString(classes.model(), target);
      writeTexts(classes.labels(), target);
    }
  }

  private static void writeTexts(List<String> texts, DataOutputView target) throws IOException {
    target.writeShort(texts.size());
    for (String text : texts) {
      StringValue.writeString(text, target);
    }
  }

  private static PredictionShape readShape(DataInputView source) throws IOException {
    boolean forecast = source.readByte() == FORECAST;
    String model = StringValue.readString(source);
    return forecast ? readForecast(model, source) : readClasses(model, source);
  }

  private static Forecast readForecast(String model, DataInputView source) throws IOException {
    long interval = source.readLong();
    List<String> targets = readTexts(source);
    Integer[] horizons = new Integer[source.readUnsignedShort()];
    for (int i = 0; i < horizons.length; i++) {
      horizons[i] = source.readInt();
    }
    Double[] quantiles = new Double[source.readUnsignedShort()];
    for (int i = 0; i < quantiles.length; i++) {
      quantiles[i] = source.readDouble();
    }
    return new Forecast(model, targets, List.of(horizons), List.of(quantiles), interval);
  }

  private static Classes readClasses(String model, DataInputView source) throws IOException {
    return new Classes(model, readTexts(source));
  }

  private static List<String> readTexts(DataInputView source) throws IOException {
    String[] texts = new String[source.readUnsignedShort()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = StringValue.readString(source);
    }
    return List.of(texts);
  }

  @Override
  public TypeSerializerSnapshot<Prediction> snapshotConfiguration() {
    return new Snapshot();
  }

  /** The layout's number. */
  public static final class Snapshot extends LayoutSnapshot<Prediction> {
    /** For Flink, which makes it by its name. */
    public Snapshot() {
      super(NEWEST, layout -> new PredictionSerializer());
    }
  }
}
