package dev.eddy.connectors.serde.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Encodes predictions: {@code key, time, model, partition, offset}, then what is predicted in one
 * of the {@link OutputSettings.Format formats}. Thread confined.
 */
public final class PredictionJsonWriter {
  private static final SerializableString KEY = JsonOutput.name("key");
  private static final SerializableString TIME = JsonOutput.name("time");
  private static final SerializableString MODEL = JsonOutput.name("model");
  private static final SerializableString PARTITION = JsonOutput.name("partition");
  private static final SerializableString OFFSET = JsonOutput.name("offset");

  private final OutputSettings settings;
  private final JsonOutput output = new JsonOutput();

  // The shape of the last prediction, and its fields.
  private @Nullable PredictionShape shape;
  private @Nullable PredictionFields fields;

  /** Writes everything, nested. */
  PredictionJsonWriter() {
    this(OutputSettings.defaults());
  }

  /** Writes what the settings say. */
  public PredictionJsonWriter(OutputSettings settings) {
    this.settings = settings;
  }

  /** The prediction's record value. */
  public byte[] write(Prediction prediction) {
    if (prediction.values().length != prediction.shape().size()) {
      throw new IllegalArgumentException(
          "values: " + prediction.values().length + " (must be " + prediction.shape().size() + ")");
    }
    return output.write(this::writeBody, prediction);
  }

  private void writeBody(JsonGenerator json, Prediction prediction) throws IOException {
    json.writeStartObject();
    json.writeFieldName(KEY);
    json.writeString(prediction.key());
    json.writeFieldName(TIME);
    output.writeTime(prediction.time());
    json.writeFieldName(MODEL);
    json.writeString(prediction.shape().model());
    json.writeFieldName(PARTITION);
    json.writeNumber(prediction.partition());
    json.writeFieldName(OFFSET);
    json.writeNumber(prediction.offset());
    fields(prediction.shape()).write(json, prediction);
    json.writeEndObject();
  }

  private PredictionFields fields(PredictionShape next) {
    PredictionFields known = fields;
    if (known != null && next == shape) {
      return known;
    }
    PredictionFields made =
        switch (settings.format()) {
          case NESTED -> new NestedFields(next, settings, output);
          case FLAT -> new FlatFields(next, settings);
        };
    shape = next;
    fields = made;
    return made;
  }
}
