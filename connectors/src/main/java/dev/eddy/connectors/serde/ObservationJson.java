package dev.eddy.connectors.serde;

import static dev.eddy.connectors.event.Reasons.INVALID_TIME;
import static dev.eddy.connectors.event.Reasons.KEY_MISMATCH;
import static dev.eddy.connectors.event.Reasons.KEY_TOO_LONG;
import static dev.eddy.connectors.event.Reasons.MALFORMED;
import static dev.eddy.connectors.event.Reasons.MISSING_KEY;
import static dev.eddy.connectors.event.Reasons.MISSING_TIME;
import static dev.eddy.connectors.event.Reasons.NOT_FINITE;
import static dev.eddy.connectors.event.Reasons.TOO_FAR_AHEAD;
import static dev.eddy.connectors.event.Reasons.WRONG_TYPE;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a record of the observations topic, {@code {"key": "…", "time": "2026-01-01T00:00:00Z" or
 * epoch ms, "<feature>": 1.5, …}}. Everything is checked here, while the original bytes, topic,
 * partition and offset are still at hand: what comes out as an {@link Observation} can be stepped.
 *
 * <p>An absent or null feature is missing (NaN, or null for a category). Unknown fields are
 * ignored; of a repeated field the last one counts. The series key is the {@code key} field, or the
 * Kafka key where there is none. Thread confined.
 */
public final class ObservationJson {
  // NaN and infinity are no JSON, but common enough to be told apart from garbage.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final int FOUND_LIMIT = 80; // characters of a value shown in a detail
  private static final int KEY_LIMIT = 10_000; // characters; a prediction holds its key twice
  private static final @Nullable String[] NO_CATEGORIES = {};

  private final Map<String, Slot> slots = new HashMap<>();
  private final int numericSize;
  private final int categoricalSize;
  private final long maxAheadMillis;
  private final LongSupplier clock;

  // The record being read.
  private @Nullable String key;
  private @Nullable String label;
  private boolean timed;
  private long time;
  private float[] numeric = {};
  private @Nullable String[] categories = NO_CATEGORIES;

  private enum Kind {
    KEY,
    TIME,
    NUMERIC,
    CATEGORY,
    LABEL
  }

  private record Slot(Kind kind, int index) {}

  /** A record that is refused; thrown and caught within this class. */
  private static final class Refusal extends Exception {
    private static final long serialVersionUID = 1;
    final String reason;

    Refusal(String reason, String detail) {
      super(detail, null, false, false);
      this.reason = reason;
    }
  }

  /**
   * A decoder against the wall clock.
   *
   * @param schema the deployment's fields
   * @param maxAhead how far a time may lie beyond the wall clock
   */
  public ObservationJson(ObservationSchema schema, Duration maxAhead) {
    this(schema, maxAhead, System::currentTimeMillis);
  }

  /** A decoder against a given clock in epoch milliseconds. */
  public ObservationJson(ObservationSchema schema, Duration maxAhead, LongSupplier clock) {
    this.numericSize = schema.numeric().size();
    this.categoricalSize = schema.categorical().size();
    this.maxAheadMillis = maxAhead.toMillis();
    this.clock = clock;
    slots.put("key", new Slot(Kind.KEY, 0));
    slots.put("time", new Slot(Kind.TIME, 0));
    for (int i = 0; i < numericSize; i++) {
      slots.put(schema.numeric().get(i), new Slot(Kind.NUMERIC, i));
    }
    for (int i = 0; i < categoricalSize; i++) {
      slots.put(schema.categorical().get(i), new Slot(Kind.CATEGORY, i));
    }
    if (schema.label() != null) {
      slots.put(schema.label(), new Slot(Kind.LABEL, 0));
    }
  }

  /**
   * Decodes one record; never throws on what the record contains.
   *
   * @param recordKey the Kafka key, UTF-8; null where there is none
   * @param value the Kafka value; null for a tombstone
   */
  public Decoded decode(
      byte @Nullable [] recordKey,
      byte @Nullable [] value,
      String topic,
      int partition,
      long offset) {
    String reason;
    String detail;
    try {
      return decodeChecked(recordKey, value, partition, offset);
    } catch (Refusal e) {
      reason = e.reason;
      detail = String.valueOf(e.getMessage());
    } catch (JsonProcessingException e) {
      reason = MALFORMED;
      detail = "value: " + oneLine(e.getOriginalMessage()) + " (expected one JSON object)";
    } catch (IOException e) {
      reason = MALFORMED;
      detail = "value: " + oneLine(String.valueOf(e.getMessage())) + " (expected JSON in UTF-8)";
    }
    return new DeadLetter(reason, detail, topic, partition, offset, recordKey, value);
  }

  private Observation decodeChecked(
      byte @Nullable [] recordKey, byte @Nullable [] value, int partition, long offset)
      throws IOException, Refusal {
    if (value == null) {
      throw new Refusal(MALFORMED, "value: none (expected one JSON object)");
    }
    begin();
    try (JsonParser json = JSON.createParser(value)) {
      readObject(json);
    }
    String series = seriesKey(recordKey);
    checkLength(series);
    checkTime();
    return new Observation(series, time, numeric, categories, label, partition, offset);
  }

  private void begin() {
    key = null;
    label = null;
    timed = false;
    numeric = new float[numericSize];
    Arrays.fill(numeric, Float.NaN);
    categories = categoricalSize == 0 ? NO_CATEGORIES : new String[categoricalSize];
  }

  private void readObject(JsonParser json) throws IOException, Refusal {
    JsonToken first = json.nextToken();
    if (first != JsonToken.START_OBJECT) {
      String found = first == null ? "nothing" : found(json);
      throw new Refusal(MALFORMED, "value: " + found + " (expected one JSON object)");
    }
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      JsonToken token = json.nextToken();
      Slot slot = slots.get(name);
      if (slot == null) {
        json.skipChildren();
      } else {
        readField(json, token, name, slot);
      }
    }
    if (json.nextToken() != null) {
      throw new Refusal(
          MALFORMED, "value: " + found(json) + " after the object (expected one JSON object)");
    }
  }

  private void readField(JsonParser json, JsonToken token, String name, Slot slot)
      throws IOException, Refusal {
    switch (slot.kind) {
      case NUMERIC -> numeric[slot.index] = readNumber(json, token, name);
      case CATEGORY -> categories[slot.index] = readText(json, token, name);
      case LABEL -> label = readText(json, token, name);
      case KEY -> key = readText(json, token, name);
      case TIME -> readTime(json, token);
    }
  }

  private static float readNumber(JsonParser json, JsonToken token, String name)
      throws IOException, Refusal {
    if (token == JsonToken.VALUE_NULL) {
      return Float.NaN;
    }
    if (token != JsonToken.VALUE_NUMBER_FLOAT && token != JsonToken.VALUE_NUMBER_INT) {
      throw new Refusal(WRONG_TYPE, name + ": " + found(json) + " (expected a number or null)");
    }
    float number = json.getFloatValue();
    if (!Float.isFinite(number)) {
      throw new Refusal(
          NOT_FINITE, name + ": " + found(json) + " (expected a finite number within ±3.4e38)");
    }
    return number;
  }

  private static @Nullable String readText(JsonParser json, JsonToken token, String name)
      throws IOException, Refusal {
    return switch (token) {
      case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE ->
          json.getText();
      case VALUE_NULL -> null;
      default ->
          throw new Refusal(WRONG_TYPE, name + ": " + found(json) + " (expected text or null)");
    };
  }

  private void readTime(JsonParser json, JsonToken token) throws IOException, Refusal {
    timed = token != JsonToken.VALUE_NULL;
    if (token == JsonToken.VALUE_STRING) {
      time = IsoTime.parse(json.getText());
    } else if (token == JsonToken.VALUE_NUMBER_INT) {
      time =
          json.getNumberType() == JsonParser.NumberType.BIG_INTEGER
              ? IsoTime.INVALID
              : json.getLongValue();
    } else if (timed) {
      throw new Refusal(WRONG_TYPE, "time: " + found(json) + EXPECTED_TIME);
    }
    if (timed && !IsoTime.inRange(time)) {
      throw new Refusal(INVALID_TIME, "time: " + found(json) + EXPECTED_TIME);
    }
  }

  private static final String EXPECTED_TIME =
      " (expected ISO-8601 with a zone, such as 2026-01-01T00:00:00Z, or epoch milliseconds,"
          + " within years 1 to 9999)";

  private String seriesKey(byte @Nullable [] recordKey) throws Refusal {
    String named = key;
    if (recordKey == null || recordKey.length == 0) {
      if (named == null || named.isEmpty()) {
        throw new Refusal(MISSING_KEY, "key: none (expected a key field, or a Kafka key)");
      }
      return named;
    }
    if (named != null && Utf8.equal(named, recordKey)) {
      return named;
    }
    String kafkaKey = Utf8.decode(recordKey);
    if (kafkaKey == null) {
      throw new Refusal(MALFORMED, "Kafka key: not UTF-8 (expected the series key in UTF-8)");
    }
    if (named != null) {
      throw new Refusal(
          KEY_MISMATCH,
          "key: " + quote(named) + " (expected the Kafka key, " + quote(kafkaKey) + ")");
    }
    return kafkaKey;
  }

  private static void checkLength(String series) throws Refusal {
    if (series.length() > KEY_LIMIT) {
      throw new Refusal(
          KEY_TOO_LONG,
          "key: " + series.length() + " characters (expected at most " + KEY_LIMIT + ")");
    }
  }

  private void checkTime() throws Refusal {
    if (!timed) {
      throw new Refusal(MISSING_TIME, "time: none" + EXPECTED_TIME);
    }
    long now = clock.getAsLong();
    if (time - now > maxAheadMillis) {
      throw new Refusal(
          TOO_FAR_AHEAD,
          "time: "
              + Instant.ofEpochMilli(time)
              + " (expected at most "
              + Instant.ofEpochMilli(now + maxAheadMillis)
              + ", the wall clock plus max-ahead)");
    }
  }

  private static String found(JsonParser json) throws IOException {
    JsonToken token = json.currentToken();
    return switch (token) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> quote(json.getText());
      default -> limit(json.getText());
    };
  }

  private static String quote(String text) {
    return '"' + limit(oneLine(text)) + '"';
  }

  private static String limit(String text) {
    return text.length() <= FOUND_LIMIT ? text : text.substring(0, FOUND_LIMIT) + "…";
  }

  private static String oneLine(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.chars().forEach(c -> line.append(Character.isISOControl(c) ? ' ' : (char) c));
    return line.toString();
  }
}
