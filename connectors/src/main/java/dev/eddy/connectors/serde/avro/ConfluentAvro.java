package dev.eddy.connectors.serde.avro;

import com.fasterxml.jackson.core.JsonParser;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.serde.value.UnreadableValueException;
import dev.eddy.connectors.serde.value.ValueTokens;
import java.io.IOException;

/** Reads values in Confluent's wire format, each by the schema that its frame names. */
final class ConfluentAvro implements ValueTokens {
  private final WriterSchemas schemas;
  private final AvroBody body = new AvroBody();

  ConfluentAvro(WriterSchemas schemas) {
    this.schemas = schemas;
  }

  @Override
  public JsonParser open(byte[] value) throws IOException {
    if (!Frame.begins(value)) {
      throw new UnreadableValueException(
          Reasons.MALFORMED,
          "value: no schema registry framing" + like(value) + " (expected " + expected() + ")");
    }
    return body.open(schemas.byId(Frame.id(value)), value, Frame.LENGTH, "");
  }

  @Override
  public String expected() {
    return "a 0, a schema id and an Avro record";
  }

  @Override
  public String like(byte[] value) {
    return AvroBody.startsJson(value) ? ", which looks like JSON" : "";
  }

  @Override
  public boolean canLack() {
    return false;
  }
}
