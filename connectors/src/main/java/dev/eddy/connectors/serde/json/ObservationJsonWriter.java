package dev.eddy.connectors.serde.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Encodes an event as {@link ObservationJsonReader} reads it; missing features are left out. For
 * replaying files, and for dead letters whose original bytes are gone. Thread confined.
 */
public final class ObservationJsonWriter {
  private static final SerializableString KEY = JsonOutput.name("key");
  private static final SerializableString TIME = JsonOutput.name("time");
  private static final SerializableString FUTURE = JsonOutput.name("future");
  private static final SerializableString AHEAD = JsonOutput.name("ahead");

  private final JsonOutput output = new JsonOutput();
  private final List<SerializableString> numeric;
  private final List<SerializableString> categorical;
  private final @Nullable SerializableString label;
  private final boolean byTime; // whether future values are for a time, else for a place ahead

  public ObservationJsonWriter(ObservationSchema schema) {
    numeric = schema.numeric().stream().map(JsonOutput::name).toList();
    categorical = schema.categorical().stream().map(JsonOutput::name).toList();
    label = schema.label() == null ? null : JsonOutput.name(schema.label());
    byTime = schema.future().intervalMillis() > 0;
  }

  /** The event's record value. */
  public byte[] write(KeyedEvent event) {
    return output.write(this::writeBody, event);
  }

  private void writeBody(JsonGenerator json, KeyedEvent event) throws IOException {
    json.writeStartObject();
    json.writeFieldName(KEY);
    json.writeString(event.key());
    json.writeFieldName(TIME);
    output.writeTime(event.time());
    if (event instanceof Observation observation) {
      writeFields(json, observation);
    }
    if (event instanceof FutureUpdate || event.future().size() > 0) {
      writeFuture(json, event.future());
    }
    json.writeEndObject();
  }

  /** Neighbours of one place go into one entry, so that what is read back is in this order. */
  private void writeFuture(JsonGenerator json, FutureValues future) throws IOException {
    json.writeFieldName(FUTURE);
    json.writeStartArray();
    for (int i = 0; i < future.size(); i++) {
      if (i == 0 || future.when()[i] != future.when()[i - 1]) {
        startEntry(json, future.when()[i]);
      }
      json.writeFieldName(numeric.get(future.features()[i]));
      if (Float.isNaN(future.values()[i])) {
        json.writeNull();
      } else {
        json.writeNumber(future.values()[i]);
      }
      if (i + 1 == future.size() || future.when()[i] != future.when()[i + 1]) {
        json.writeEndObject();
      }
    }
    json.writeEndArray();
  }

  private void startEntry(JsonGenerator json, long when) throws IOException {
    json.writeStartObject();
    json.writeFieldName(byTime ? TIME : AHEAD);
    if (byTime) {
      output.writeTime(when);
    } else {
      json.writeNumber(when);
    }
  }

  private void writeFields(JsonGenerator json, Observation observation) throws IOException {
    boolean empty = true;
    for (int i = 0; i < numeric.size(); i++) {
      float value = observation.numeric()[i];
      if (!Float.isNaN(value)) {
        json.writeFieldName(numeric.get(i));
        json.writeNumber(value);
        empty = false;
      }
    }
    for (int i = 0; i < categorical.size(); i++) {
      empty &= !writeText(json, categorical.get(i), observation.categories()[i]);
    }
    if (label != null) {
      empty &= !writeText(json, label, observation.label());
    }
    if (empty && observation.future().size() > 0) {
      writeNothing(json);
    }
  }

  /**
   * A field that is null keeps an observation without values from being read as a future update.
   */
  private void writeNothing(JsonGenerator json) throws IOException {
    json.writeFieldName(numeric.get(0)); // a future is of numeric features, so there is one
    json.writeNull();
  }

  private static boolean writeText(
      JsonGenerator json, SerializableString name, @Nullable String text) throws IOException {
    if (text == null) {
      return false;
    }
    json.writeFieldName(name);
    json.writeString(text);
    return true;
  }
}
