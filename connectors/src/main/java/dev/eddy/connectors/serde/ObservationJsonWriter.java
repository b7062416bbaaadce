package dev.eddy.connectors.serde;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes an observation as {@link ObservationJson} reads it; missing features are left out. For
 * replaying files, and for dead letters whose original bytes are gone. Thread confined.
 */
public final class ObservationJsonWriter {
  private static final SerializableString KEY = JsonOutput.name("key");
  private static final SerializableString TIME = JsonOutput.name("time");

  private final JsonOutput output = new JsonOutput();
  private final List<SerializableString> numeric;
  private final List<SerializableString> categorical;
  private final @Nullable SerializableString label;

  public ObservationJsonWriter(ObservationSchema schema) {
    numeric = schema.numeric().stream().map(JsonOutput::name).toList();
    categorical = schema.categorical().stream().map(JsonOutput::name).toList();
    label = schema.label() == null ? null : JsonOutput.name(schema.label());
  }

  /** The observation's record value. */
  public byte[] write(Observation observation) {
    return output.write(this::writeBody, observation);
  }

  private void writeBody(JsonGenerator json, Observation observation) throws IOException {
    json.writeStartObject();
    json.writeFieldName(KEY);
    json.writeString(observation.key());
    json.writeFieldName(TIME);
    output.writeTime(observation.time());
    for (int i = 0; i < numeric.size(); i++) {
      float value = observation.numeric()[i];
      if (!Float.isNaN(value)) {
        json.writeFieldName(numeric.get(i));
        json.writeNumber(value);
      }
    }
    for (int i = 0; i < categorical.size(); i++) {
      writeText(json, categorical.get(i), observation.categories()[i]);
    }
    if (label != null) {
      writeText(json, label, observation.label());
    }
    json.writeEndObject();
  }

  private static void writeText(JsonGenerator json, SerializableString name, @Nullable String text)
      throws IOException {
    if (text != null) {
      json.writeFieldName(name);
      json.writeString(text);
    }
  }
}
