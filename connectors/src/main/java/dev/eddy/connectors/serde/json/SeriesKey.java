package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.event.Reasons.BINARY_KEY;
import static dev.eddy.connectors.event.Reasons.KEY_MISMATCH;
import static dev.eddy.connectors.event.Reasons.KEY_TOO_LONG;
import static dev.eddy.connectors.event.Reasons.MALFORMED;
import static dev.eddy.connectors.event.Reasons.MISSING_KEY;
import static dev.eddy.connectors.serde.json.JsonValues.quote;

import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.serde.bytes.KafkaKeys;
import dev.eddy.connectors.serde.bytes.LooksLike;
import dev.eddy.connectors.serde.bytes.Utf8;
import org.jspecify.annotations.Nullable;

/** Finds the series key of a record in its {@code key} field and its Kafka key. */
final class SeriesKey {
  private static final int LIMIT = 10_000; // characters; a prediction holds its key twice

  private final KeySource source;
  private final KeyCoding coding;

  SeriesKey(RecordLayout layout) {
    source = layout.keySource();
    coding = layout.keyCoding();
  }

  /**
   * The key that both name, or the one that is there.
   *
   * @param field the {@code key} field; null where there is none
   * @param recordKey the Kafka key; null where there is none
   */
  String of(@Nullable String field, byte @Nullable [] recordKey) throws Refusal {
    String series =
        switch (source) {
          case EITHER -> named(field, recordKey);
          case VALUE -> named(field, null);
          case KAFKA -> named(null, recordKey);
        };
    if (series.length() > LIMIT) {
      throw new Refusal(
          KEY_TOO_LONG, "key: " + series.length() + " characters (expected at most " + LIMIT + ")");
    }
    requireText(series, recordKey);
    return series;
  }

  /** Whether it matters what the value calls the key. */
  boolean areRead() {
    return source != KeySource.KAFKA;
  }

  private void requireText(String series, byte @Nullable [] recordKey) throws Refusal {
    for (int i = 0; i < series.length(); i++) {
      if (series.charAt(i) != '\t' && Character.isISOControl(series.charAt(i))) {
        throw new Refusal(
            BINARY_KEY,
            "key: "
                + quote(series)
                + (recordKey == null || source == KeySource.VALUE ? "" : LooksLike.key(recordKey))
                + " (expected text without control characters)");
      }
    }
  }

  private String named(@Nullable String field, byte @Nullable [] recordKey) throws Refusal {
    if (recordKey == null || recordKey.length == 0) {
      if (field == null || field.isEmpty()) {
        throw new Refusal(MISSING_KEY, "key: none (expected " + expected() + ")");
      }
      return field;
    }
    if (coding == KeyCoding.UTF8 && field != null && Utf8.equal(field, recordKey)) {
      return field;
    }
    String kafkaKey = KafkaKeys.decode(coding, recordKey);
    if (kafkaKey == null) {
      throw undecodable(recordKey);
    }
    if (field != null && !field.equals(kafkaKey)) {
      throw new Refusal(
          KEY_MISMATCH,
          "key: " + quote(field) + " (expected the Kafka key, " + quote(kafkaKey) + ")");
    }
    return kafkaKey;
  }

  private Refusal undecodable(byte[] recordKey) {
    if (coding == KeyCoding.UTF8) {
      return new Refusal(
          MALFORMED,
          "Kafka key: not UTF-8"
              + LooksLike.key(recordKey)
              + " (expected the series key in UTF-8)");
    }
    return new Refusal(
        MALFORMED,
        "Kafka key: "
            + recordKey.length
            + " bytes"
            + " (expected "
            + KafkaKeys.expected(coding)
            + ", as input.key says)");
  }

  private String expected() {
    return switch (source) {
      case EITHER -> "a key field, or a Kafka key";
      case VALUE -> "a key field";
      case KAFKA -> "a Kafka key";
    };
  }
}
