package dev.eddy.connectors.serde.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes an event as {@link ObservationJsonReader} reads it; missing features are left out. For
 * replaying files, and for dead letters whose original bytes are gone. Thread confined.
 */
public final class ObservationJsonWriter {
  private static final SerializableString TIME = JsonOutput.name("time");
  private static final SerializableString AHEAD = JsonOutput.name("ahead");

  private final JsonOutput output = new JsonOutput();
  private final FieldTree fields;
  private final Map<String, SerializableString> names = new HashMap<>();
  private final List<SerializableString> numeric; // in entries of a future
  private final @Nullable String first; // feature
  private final boolean byTime; // whether future values are for a time, else for a place ahead

  public ObservationJsonWriter(ObservationSchema schema) {
    fields = FieldTree.of(schema);
    numeric = schema.numeric().stream().map(JsonOutput::name).toList();
    first =
        Stream.concat(schema.numeric().stream(), schema.categorical().stream())
            .findFirst()
            .orElse(null);
    byTime = schema.future().intervalMillis() > 0;
  }

  /** The event's record value. */
  public byte[] write(KeyedEvent event) {
    return output.write(this::writeBody, event);
  }

  private void writeBody(JsonGenerator json, KeyedEvent event) throws IOException {
    boolean empty = event instanceof Observation observation && isEmpty(observation);
    json.writeStartObject();
    writeAll(json, fields, event, empty);
    json.writeEndObject();
  }

  private void writeAll(JsonGenerator json, FieldTree around, KeyedEvent event, boolean empty)
      throws IOException {
    for (Map.Entry<String, FieldTree> each : around.children().entrySet()) {
      SerializableString name = names.computeIfAbsent(each.getKey(), JsonOutput::name);
      FieldTree.Field field = each.getValue().field();
      if (field == null) {
        json.writeFieldName(name);
        json.writeStartObject();
        writeAll(json, each.getValue(), event, empty);
        json.writeEndObject();
      } else {
        write(json, name, field, event, empty && field.name().equals(first));
      }
    }
  }

  private void write(
      JsonGenerator json,
      SerializableString name,
      FieldTree.Field field,
      KeyedEvent event,
      boolean nothing)
      throws IOException {
    switch (field.kind()) {
      case KEY -> writeText(json, name, event.key());
      case TIME -> {
        json.writeFieldName(name);
        output.writeTime(event.time());
      }
      case FUTURE -> {
        if (event instanceof FutureUpdate || event.future().size() > 0) {
          json.writeFieldName(name);
          writeFuture(json, event.future());
        }
      }
      default -> {
        if (nothing) {
          // A null keeps it from being read as a future update, or as a record of another kind.
          json.writeFieldName(name);
          json.writeNull();
        } else if (event instanceof Observation observation) {
          writeFeature(json, name, field, observation);
        }
      }
    }
  }

  private static void writeFeature(
      JsonGenerator json, SerializableString name, FieldTree.Field field, Observation observation)
      throws IOException {
    switch (field.kind()) {
      case NUMERIC -> {
        double value = observation.numeric()[field.index()];
        if (!Double.isNaN(value)) {
          json.writeFieldName(name);
          json.writeNumber(value);
        }
      }
      case CATEGORY -> writeText(json, name, observation.categories()[field.index()]);
      default -> writeText(json, name, observation.label());
    }
  }

  private static boolean isEmpty(Observation observation) {
    boolean empty = observation.label() == null;
    for (double value : observation.numeric()) {
      empty &= Double.isNaN(value);
    }
    for (String category : observation.categories()) {
      empty &= category == null;
    }
    return empty;
  }

  /** Neighbours of one place go into one entry, so that what is read back is in this order. */
  private void writeFuture(JsonGenerator json, FutureValues future) throws IOException {
    json.writeStartArray();
    for (int i = 0; i < future.size(); i++) {
      if (i == 0 || future.when()[i] != future.when()[i - 1]) {
        startEntry(json, future.when()[i]);
      }
      json.writeFieldName(numeric.get(future.features()[i]));
      if (Double.isNaN(future.values()[i])) {
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

  private static void writeText(JsonGenerator json, SerializableString name, @Nullable String text)
      throws IOException {
    if (text != null) {
      json.writeFieldName(name);
      json.writeString(text);
    }
  }
}
