package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.event.Reasons.MALFORMED;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.eddy.connectors.serde.bytes.LooksLike;
import dev.eddy.connectors.serde.bytes.Utf8;
import dev.eddy.connectors.serde.value.UnreadableValueException;
import dev.eddy.connectors.serde.value.ValueTokens;
import java.io.IOException;

/** Reads values that are JSON in UTF-8. */
public final class JsonText implements ValueTokens {
  // NaN and infinity are no JSON, but common enough to be told apart from garbage.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  @Override
  public JsonParser open(byte[] value) throws IOException {
    requireUtf8(value);
    return JSON.createParser(value);
  }

  /**
   * The parser would guess UTF-16 and UTF-32 by their zeros, and takes what only looks like UTF-8.
   */
  private static void requireUtf8(byte[] value) throws UnreadableValueException {
    boolean zero = false;
    for (int i = 0; i < Math.min(value.length, Integer.BYTES); i++) {
      zero |= value[i] == 0;
    }
    if (zero || !Utf8.isText(value)) {
      throw new UnreadableValueException(
          MALFORMED,
          "value: not UTF-8" + LooksLike.value(value) + " (expected one JSON object in UTF-8)");
    }
  }

  @Override
  public String expected() {
    return "one JSON object";
  }

  @Override
  public String like(byte[] value) {
    return LooksLike.value(value);
  }

  @Override
  public boolean canLack() {
    return true;
  }
}
