package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.event.Reasons.KEY_MISMATCH;
import static dev.eddy.connectors.event.Reasons.KEY_TOO_LONG;
import static dev.eddy.connectors.event.Reasons.MALFORMED;
import static dev.eddy.connectors.event.Reasons.MISSING_KEY;
import static dev.eddy.connectors.serde.json.JsonValues.quote;

import org.jspecify.annotations.Nullable;

/** Finds the series key of a record in its {@code key} field and its Kafka key. */
final class SeriesKey {
  private static final int LIMIT = 10_000; // characters; a prediction holds its key twice

  private SeriesKey() {}

  /**
   * The key that both name, or the one that is there.
   *
   * @param field the {@code key} field; null where there is none
   * @param recordKey the Kafka key, UTF-8; null where there is none
   */
  static String of(@Nullable String field, byte @Nullable [] recordKey) throws Refusal {
    String series = named(field, recordKey);
    if (series.length() > LIMIT) {
      throw new Refusal(
          KEY_TOO_LONG, "key: " + series.length() + " characters (expected at most " + LIMIT + ")");
    }
    return series;
  }

  private static String named(@Nullable String field, byte @Nullable [] recordKey) throws Refusal {
    if (recordKey == null || recordKey.length == 0) {
      if (field == null || field.isEmpty()) {
        throw new Refusal(MISSING_KEY, "key: none (expected a key field, or a Kafka key)");
      }
      return field;
    }
    if (field != null && Utf8.equal(field, recordKey)) {
      return field;
    }
    String kafkaKey = Utf8.decode(recordKey);
    if (kafkaKey == null) {
      throw new Refusal(MALFORMED, "Kafka key: not UTF-8 (expected the series key in UTF-8)");
    }
    if (field != null) {
      throw new Refusal(
          KEY_MISMATCH,
          "key: " + quote(field) + " (expected the Kafka key, " + quote(kafkaKey) + ")");
    }
    return kafkaKey;
  }
}
