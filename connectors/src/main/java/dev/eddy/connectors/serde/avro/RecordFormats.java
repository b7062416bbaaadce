package dev.eddy.connectors.serde.avro;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.registry.SchemaRegistry;
import dev.eddy.connectors.serde.json.JsonText;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import dev.eddy.connectors.serde.value.ValueTokens;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

/** Makes readers of records, whatever their format is. */
public final class RecordFormats {
  private static final String PLACE = "input.schema";
  private static final JsonFactory JSON = new JsonFactory();

  private RecordFormats() {}

  /**
   * Refuses a format that cannot be read.
   *
   * @param place the setting that names it
   * @throws dev.eddy.settings.UserMistake saying why
   */
  public static void require(String place, RecordFormat format) {
    if (format instanceof RecordFormat.Avro avro) {
      AvroSchemas.record(place, avro.schema());
    }
  }

  /** Reads values as tokens. */
  public static ValueTokens tokens(RecordFormat format) {
    if (format instanceof RecordFormat.Avro avro) {
      return new PlainAvro(AvroSchemas.record(PLACE, avro.schema()));
    }
    return format instanceof RecordFormat.Confluent confluent
        ? new ConfluentAvro(new WriterSchemas(new SchemaRegistry(confluent.registry())))
        : new JsonText();
  }

  /**
   * Reads observations.
   *
   * @param schema the deployment's fields, whose layout names the format
   * @param maxAhead how far a time may lie beyond the Kafka timestamp of its record
   */
  public static ObservationJsonReader reader(ObservationSchema schema, Duration maxAhead) {
    return new ObservationJsonReader(schema, maxAhead, tokens(schema.layout().format()));
  }

  /**
   * A value as text of JSON, to be shown.
   *
   * @throws IOException when it cannot be read
   */
  public static byte[] text(ValueTokens tokens, byte[] value) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try (JsonParser parser = tokens.open(value);
        JsonGenerator json = JSON.createGenerator(text)) {
      parser.nextToken();
      json.copyCurrentStructure(parser);
    }
    return text.toByteArray();
  }

  /** The same of a value that a person is shown: as it is where it cannot be read, or is JSON. */
  public static byte[] shown(ValueTokens tokens, byte[] value) {
    if (tokens instanceof JsonText || AvroBody.startsJson(value)) {
      return value;
    }
    try {
      return text(tokens, value);
    } catch (IOException e) {
      return value;
    }
  }
}
