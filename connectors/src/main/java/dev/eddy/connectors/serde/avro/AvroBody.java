package dev.eddy.connectors.serde.avro;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.ObjectCodec;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.serde.value.UnreadableValueException;
import java.io.IOException;
import org.apache.avro.Schema;

/** Reads the body of an Avro record into tokens of JSON. Thread confined. */
final class AvroBody {
  private final AvroWalk walk = new AvroWalk();

  /**
   * Its tokens.
   *
   * @param offset of the body within the value
   * @param like goes on a sentence with what the value looks like
   * @throws UnreadableValueException when it is not of that schema
   */
  JsonParser open(Schema schema, byte[] value, int offset, String like)
      throws UnreadableValueException {
    TokenBuffer tokens = new TokenBuffer((ObjectCodec) null, false);
    try {
      walk.read(schema, value, offset, tokens);
    } catch (IOException e) {
      throw new UnreadableValueException(
          Reasons.MALFORMED,
          "value: not of the schema "
              + schema.getFullName()
              + ": "
              + (e.getMessage() == null ? "it ends too early" : e.getMessage())
              + like
              + " (expected one Avro record of it)");
    }
    return tokens.asParser();
  }

  static boolean startsJson(byte[] value) {
    return value.length > 1 && value[0] == '{' && value[value.length - 1] == '}';
  }
}
