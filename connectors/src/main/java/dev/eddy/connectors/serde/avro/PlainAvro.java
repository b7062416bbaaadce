package dev.eddy.connectors.serde.avro;

import com.fasterxml.jackson.core.JsonParser;
import dev.eddy.connectors.serde.value.ValueTokens;
import java.io.IOException;
import org.apache.avro.Schema;

/** Reads values that are an Avro body and nothing else, of one schema. */
final class PlainAvro implements ValueTokens {
  private final Schema schema;
  private final AvroBody body = new AvroBody();

  PlainAvro(Schema schema) {
    this.schema = schema;
  }

  @Override
  public JsonParser open(byte[] value) throws IOException {
    return body.open(schema, value, 0, like(value));
  }

  @Override
  public String expected() {
    return "one Avro record of " + schema.getFullName();
  }

  @Override
  public String like(byte[] value) {
    return AvroBody.startsJson(value)
        ? ", which looks like JSON"
        : Frame.isAround(value)
            ? ", which looks like schema registry framing: input.encoding: avro-confluent reads it"
            : "";
  }

  @Override
  public boolean canLack() {
    return false;
  }
}
