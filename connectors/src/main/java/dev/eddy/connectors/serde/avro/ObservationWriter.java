package dev.eddy.connectors.serde.avro;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.connectors.event.FieldPath;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.registry.SchemaRegistry;
import dev.eddy.connectors.serde.json.ObservationJsonWriter;
import dev.eddy.settings.Require;
import java.io.IOException;
import java.util.Arrays;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Writes events in the format of a deployment's observations, for sending files to their topic. It
 * goes by way of JSON, so keep it off the hot path. Thread confined.
 */
public final class ObservationWriter {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private final ObservationJsonWriter json;
  private final @Nullable JsonBody body;
  private final byte[] frame;

  private ObservationWriter(ObservationJsonWriter json, @Nullable JsonBody body, byte[] frame) {
    this.json = json;
    this.body = body;
    this.frame = frame;
  }

  /**
   * A writer; where a registry has schemas, one is generated and registered.
   *
   * @throws dev.eddy.settings.UserMistake when the registry refuses it
   */
  public static ObservationWriter of(ObservationSchema schema) {
    ObservationJsonWriter json = new ObservationJsonWriter(schema);
    RecordFormat format = schema.layout().format();
    if (format instanceof RecordFormat.Avro avro) {
      Schema written = AvroSchemas.record("input.schema", avro.schema());
      requirePlaces(schema, written);
      EpochUnit unit = schema.layout().timeUnit();
      return new ObservationWriter(
          json, new JsonBody(written, unit == null ? EpochUnit.MS : unit), new byte[0]);
    }
    if (format instanceof RecordFormat.Confluent confluent) {
      Schema generated = ObservationAvroSchema.generated(schema, confluent.namespace());
      int id =
          new SchemaRegistry(confluent.registry())
              .register(confluent.subject(), generated.toString());
      return new ObservationWriter(json, new JsonBody(generated, EpochUnit.MS), Frame.of(id));
    }
    return new ObservationWriter(json, null, new byte[0]);
  }

  /** What has no place in the schema would be lost on the way. */
  private static void requirePlaces(ObservationSchema schema, Schema written) {
    boolean keyed = schema.layout().keySource() != KeySource.VALUE;
    for (String name : schema.names()) {
      boolean dispensable = keyed && name.equals("key");
      Require.that(
          dispensable || AvroSchemas.at(written, schema.path(name)) != null,
          "input.schema",
          "no field " + FieldPath.write(schema.path(name)),
          "a schema that has one, for " + name);
    }
  }

  /** The event's record value. */
  public byte[] write(KeyedEvent event) {
    byte[] text = json.write(event);
    return body == null ? text : framed(body.write(tree(text)));
  }

  private byte[] framed(byte[] bytes) {
    byte[] framed = Arrays.copyOf(frame, frame.length + bytes.length);
    System.arraycopy(bytes, 0, framed, frame.length, bytes.length);
    return framed;
  }

  private static JsonNode tree(byte[] text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException("what was written is no JSON", e);
    }
  }
}
