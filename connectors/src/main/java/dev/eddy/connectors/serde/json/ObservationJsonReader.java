package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.event.Reasons.MALFORMED;
import static dev.eddy.connectors.event.Reasons.MISSING_TIME;
import static dev.eddy.connectors.event.Reasons.TOO_FAR_AHEAD;
import static dev.eddy.connectors.serde.json.JsonValues.found;
import static dev.eddy.connectors.serde.json.JsonValues.oneLine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes a record of the observations topic, {@code {"key": "…", "time": "2026-01-01T00:00:00Z" or
 * epoch ms, "<feature>": 1.5, …}}. Everything is checked here, while the original bytes, topic,
 * partition and offset are still at hand: what comes out as a {@link KeyedEvent} can be worked on.
 *
 * <p>Where features have a future, {@code "future": [{"time": "…", "promo": 1}, …]} brings their
 * values. A record with a future and without any field of an observation, be it null, is a {@link
 * FutureUpdate}.
 *
 * <p>An absent or null feature is missing (NaN, or null for a category). Unknown fields are
 * ignored; of a repeated field the last one counts. The series key is the {@code key} field, or the
 * Kafka key where there is none. Thread confined.
 */
public final class ObservationJsonReader {
  // NaN and infinity are no JSON, but common enough to be told apart from garbage.
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private static final @Nullable String[] NO_CATEGORIES = {};

  private final Map<String, Field> fields = new HashMap<>();
  private final FutureJson future;
  private final int numericSize;
  private final int categoricalSize;
  private final long maxAheadMillis;

  // The record being read.
  private @Nullable String key;
  private @Nullable String label;
  private boolean timed;
  private boolean observed; // whether it has some field of an observation
  private boolean told; // whether it tells a future
  private long time;
  private float[] numeric = {};
  private @Nullable String[] categories = NO_CATEGORIES;

  private enum Kind {
    KEY(false),
    TIME(false),
    FUTURE(false),
    NUMERIC(true),
    CATEGORY(true),
    LABEL(true);

    final boolean observed; // whether a record with such a field is an observation

    Kind(boolean observed) {
      this.observed = observed;
    }
  }

  private record Field(Kind kind, int index) {}

  /**
   * A decoder.
   *
   * @param schema the deployment's fields
   * @param maxAhead how far a time may lie beyond the Kafka timestamp of its record
   */
  public ObservationJsonReader(ObservationSchema schema, Duration maxAhead) {
    this.numericSize = schema.numeric().size();
    this.categoricalSize = schema.categorical().size();
    this.maxAheadMillis = maxAhead.toMillis();
    this.future = new FutureJson(schema);
    fields.put("key", new Field(Kind.KEY, 0));
    fields.put("time", new Field(Kind.TIME, 0));
    for (int i = 0; i < numericSize; i++) {
      fields.put(schema.numeric().get(i), new Field(Kind.NUMERIC, i));
    }
    for (int i = 0; i < categoricalSize; i++) {
      fields.put(schema.categorical().get(i), new Field(Kind.CATEGORY, i));
    }
    if (schema.label() != null) {
      fields.put(schema.label(), new Field(Kind.LABEL, 0));
    }
    if (!schema.future().isEmpty()) {
      fields.put("future", new Field(Kind.FUTURE, 0));
    }
  }

  /**
   * Decodes one record; never throws on what the record contains. What comes out depends on the
   * record alone, not on when it is read.
   *
   * @param recordKey the Kafka key, UTF-8; null where there is none
   * @param value the Kafka value; null for a tombstone
   * @param recordTime the Kafka timestamp; {@link Observation#NO_RECORD_TIME} where there is none
   */
  public Decoded decode(
      byte @Nullable [] recordKey,
      byte @Nullable [] value,
      String topic,
      int partition,
      long offset,
      long recordTime) {
    String reason;
    String detail;
    try {
      return decodeChecked(recordKey, value, partition, offset, recordTime);
    } catch (Refusal e) {
      reason = e.reason();
      detail = e.detail();
    } catch (JsonProcessingException e) {
      reason = MALFORMED;
      detail = "value: " + oneLine(e.getOriginalMessage()) + " (expected one JSON object)";
    } catch (IOException e) {
      reason = MALFORMED;
      detail = "value: " + oneLine(String.valueOf(e.getMessage())) + " (expected JSON in UTF-8)";
    }
    return new DeadLetter(reason, detail, topic, partition, offset, recordKey, value);
  }

  private KeyedEvent decodeChecked(
      byte @Nullable [] recordKey,
      byte @Nullable [] value,
      int partition,
      long offset,
      long recordTime)
      throws IOException, Refusal {
    if (value == null) {
      throw new Refusal(MALFORMED, "value: none (expected one JSON object)");
    }
    requireUtf8(value);
    begin();
    try (JsonParser json = JSON.createParser(value)) {
      readObject(json);
    }
    String series = SeriesKey.of(key, recordKey);
    checkTime(recordTime);
    FutureValues values = future.values(time);
    if (told && !observed) {
      return new FutureUpdate(series, time, values, partition, offset);
    }
    return new Observation(
        series, time, numeric, categories, label, values, partition, offset, recordTime);
  }

  /**
   * The parser would guess UTF-16 and UTF-32 by their zeros, and takes what only looks like UTF-8.
   */
  private static void requireUtf8(byte[] value) throws Refusal {
    boolean zero = false;
    for (int i = 0; i < Math.min(value.length, Integer.BYTES); i++) {
      zero |= value[i] == 0;
    }
    if (zero || !Utf8.isText(value)) {
      throw new Refusal(MALFORMED, "value: not UTF-8 (expected one JSON object in UTF-8)");
    }
  }

  private void begin() {
    key = null;
    label = null;
    timed = false;
    observed = false;
    told = false;
    future.begin();
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
      Field field = fields.get(name);
      if (field == null) {
        json.skipChildren();
      } else {
        readField(json, token, name, field);
      }
    }
    if (json.nextToken() != null) {
      throw new Refusal(
          MALFORMED, "value: " + found(json) + " after the object (expected one JSON object)");
    }
  }

  private void readField(JsonParser json, JsonToken token, String name, Field field)
      throws IOException, Refusal {
    switch (field.kind) {
      case NUMERIC -> numeric[field.index] = JsonValues.number(json, token, name);
      case CATEGORY -> categories[field.index] = JsonValues.text(json, token, name);
      case LABEL -> label = JsonValues.text(json, token, name);
      case KEY -> key = JsonValues.text(json, token, name);
      case TIME -> readTime(json, token);
      case FUTURE -> readFuture(json, token);
    }
    observed |= field.kind.observed;
  }

  private void readTime(JsonParser json, JsonToken token) throws IOException, Refusal {
    timed = token != JsonToken.VALUE_NULL;
    if (timed) {
      time = JsonValues.time(json, token);
    }
  }

  private void readFuture(JsonParser json, JsonToken token) throws IOException, Refusal {
    told = token != JsonToken.VALUE_NULL;
    if (told) {
      future.read(json, token);
    } else {
      future.begin();
    }
  }

  private void checkTime(long recordTime) throws Refusal {
    if (!timed) {
      throw new Refusal(MISSING_TIME, "time: none" + JsonValues.EXPECTED_TIME);
    }
    if (recordTime != Observation.NO_RECORD_TIME && time - recordTime > maxAheadMillis) {
      throw new Refusal(
          TOO_FAR_AHEAD,
          "time: "
              + Instant.ofEpochMilli(time)
              + " (expected at most "
              + Instant.ofEpochMilli(recordTime + maxAheadMillis)
              + ", the record's Kafka timestamp plus max-ahead)");
    }
  }
}
