package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.event.Reasons.MALFORMED;
import static dev.eddy.connectors.event.Reasons.MISSING_TIME;
import static dev.eddy.connectors.event.Reasons.NO_FEATURES;
import static dev.eddy.connectors.event.Reasons.TOO_FAR_AHEAD;
import static dev.eddy.connectors.event.Reasons.WRONG_TYPE;
import static dev.eddy.connectors.serde.json.JsonValues.found;
import static dev.eddy.connectors.serde.json.JsonValues.oneLine;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.serde.bytes.LooksLike;
import dev.eddy.connectors.serde.value.UnreadableValueException;
import dev.eddy.connectors.serde.value.ValueTokens;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
 * <p>An absent or null feature is missing (NaN, or null for a category). Unknown fields are ignored
 * and counted, but a record that has no others than these is another's; of a repeated field the
 * last one counts. Where fields lie, how times are written and what a Kafka key is, the schema's
 * layout says. Thread confined.
 */
public final class ObservationJsonReader {
  private static final @Nullable String[] NO_CATEGORIES = {};

  private final ValueTokens tokens;
  private final String expected;
  private final FieldTree fields;
  private final SeriesKey keys;
  private final TimeReader times;
  private final FutureJson future;
  private final MissingFields missing;
  private final boolean quotedNumbers;
  private final int numericSize;
  private final int categoricalSize;
  private final long maxAheadMillis;

  // The record being read.
  private @Nullable String key;
  private @Nullable String label;
  private boolean timed;
  private boolean observed; // whether it has some field of an observation
  private boolean valued; // whether such a field is not null
  private boolean told; // whether it tells a future
  private long time;
  private boolean other; // whether it has some field that is none of the deployment's
  private double[] numeric = {};
  private @Nullable String[] categories = NO_CATEGORIES;
  private long unknown; // fields that are none of the deployment's, of all records

  /** A decoder of JSON in UTF-8. */
  public ObservationJsonReader(ObservationSchema schema, Duration maxAhead) {
    this(schema, maxAhead, new JsonText());
  }

  /**
   * A decoder.
   *
   * @param schema the deployment's fields
   * @param maxAhead how far a time may lie beyond the Kafka timestamp of its record
   * @param tokens what values are written in
   */
  public ObservationJsonReader(ObservationSchema schema, Duration maxAhead, ValueTokens tokens) {
    this.tokens = tokens;
    this.expected = " (expected " + tokens.expected() + ")";
    this.numericSize = schema.numeric().size();
    this.categoricalSize = schema.categorical().size();
    this.maxAheadMillis = maxAhead.toMillis();
    this.quotedNumbers = schema.layout().quotedNumbers();
    this.fields = FieldTree.of(schema);
    this.keys = new SeriesKey(schema.layout());
    this.times = new TimeReader(schema.layout());
    this.future = new FutureJson(schema);
    this.missing = new MissingFields(schema, tokens);
  }

  /** How many fields were none of the deployment's, those in entries of a future not counted. */
  public long unknownFields() {
    return unknown;
  }

  /** How many names in entries of a future were none that has one. */
  public long unknownFutureFields() {
    return future.unknown();
  }

  /**
   * Decodes one record; never throws on what the record contains. What comes out depends on the
   * record alone, not on when it is read.
   *
   * @param recordKey the Kafka key; null where there is none
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
    } catch (UnreadableValueException e) {
      reason = e.reason();
      detail = oneLine(e.detail());
    } catch (JsonProcessingException e) {
      reason = MALFORMED;
      detail = "value: " + oneLine(e.getOriginalMessage()) + like(value) + expected;
    } catch (IOException e) {
      reason = MALFORMED;
      detail = "value: " + oneLine(String.valueOf(e.getMessage())) + expected;
    }
    return new DeadLetter(reason, detail, topic, partition, offset, recordKey, value);
  }

  private String like(byte @Nullable [] value) {
    return value == null ? "" : tokens.like(value);
  }

  private KeyedEvent decodeChecked(
      byte @Nullable [] recordKey,
      byte @Nullable [] value,
      int partition,
      long offset,
      long recordTime)
      throws IOException, Refusal {
    if (value == null) {
      throw new Refusal(MALFORMED, "value: none" + expected);
    }
    begin();
    try (JsonParser json = tokens.open(value)) {
      readRecord(json);
    }
    String series = keys.of(key, recordKey);
    checkTime(recordTime, value);
    if (other && !observed && !told) {
      throw new Refusal(NO_FEATURES, missing.features(value));
    }
    FutureValues values = future.values(time);
    if (told && !(tokens.canLack() ? observed : valued)) {
      return new FutureUpdate(series, time, values, partition, offset);
    }
    return new Observation(
        series, time, numeric, categories, label, values, partition, offset, recordTime);
  }

  private void begin() {
    key = null;
    label = null;
    timed = false;
    observed = false;
    valued = false;
    told = false;
    other = false;
    future.begin();
    numeric = new double[numericSize];
    Arrays.fill(numeric, Double.NaN);
    categories = categoricalSize == 0 ? NO_CATEGORIES : new String[categoricalSize];
  }

  private void readRecord(JsonParser json) throws IOException, Refusal {
    JsonToken first = json.nextToken();
    if (first != JsonToken.START_OBJECT) {
      String found = first == null ? "nothing" : found(json);
      throw new Refusal(MALFORMED, "value: " + found + instead(json, first) + expected);
    }
    readObject(json, fields);
    if (json.nextToken() != null) {
      throw new Refusal(MALFORMED, "value: " + found(json) + " after the object" + expected);
    }
  }

  private static String instead(JsonParser json, @Nullable JsonToken first) throws IOException {
    if (first == JsonToken.VALUE_STRING) {
      return LooksLike.object(json.getText());
    }
    return first == JsonToken.START_ARRAY ? ", several records in one?" : "";
  }

  private void readObject(JsonParser json, FieldTree around) throws IOException, Refusal {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      readValue(json, json.nextToken(), name, around.child(name));
    }
  }

  private void readList(JsonParser json, FieldTree around) throws IOException, Refusal {
    int place = 0;
    for (JsonToken token = json.nextToken();
        token != JsonToken.END_ARRAY;
        token = json.nextToken()) {
      String name = Integer.toString(place++);
      readValue(json, token, name, around.child(name));
    }
  }

  private void readValue(JsonParser json, JsonToken token, String name, @Nullable FieldTree found)
      throws IOException, Refusal {
    if (found == null) {
      json.skipChildren();
      other = true;
      unknown++;
    } else if (found.field() != null) {
      readField(json, token, found.field());
    } else if (token == JsonToken.START_OBJECT) {
      readObject(json, found);
    } else if (token == JsonToken.START_ARRAY) {
      readList(json, found);
    } else if (token != JsonToken.VALUE_NULL) {
      throw new Refusal(WRONG_TYPE, name + ": " + found(json) + " (expected an object or null)");
    }
  }

  private void readField(JsonParser json, JsonToken token, FieldTree.Field field)
      throws IOException, Refusal {
    String name = field.name();
    switch (field.kind()) {
      case NUMERIC -> numeric[field.index()] = JsonValues.number(json, token, name, quotedNumbers);
      case CATEGORY -> categories[field.index()] = JsonValues.text(json, token, name);
      case LABEL -> label = JsonValues.text(json, token, name);
      case KEY -> readKey(json, token);
      case TIME -> readTime(json, token);
      case FUTURE -> readFuture(json, token);
    }
    observed |= field.kind().observed;
    valued |= field.kind().observed && token != JsonToken.VALUE_NULL;
  }

  /** Where the Kafka key alone says the series, what the value calls so may be anything. */
  private void readKey(JsonParser json, JsonToken token) throws IOException, Refusal {
    if (keys.areRead()) {
      key = JsonValues.text(json, token, "key");
    } else {
      json.skipChildren();
    }
  }

  private void readTime(JsonParser json, JsonToken token) throws IOException, Refusal {
    timed = token != JsonToken.VALUE_NULL;
    if (timed) {
      time = times.read(json, token);
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

  private void checkTime(long recordTime, byte[] value) throws Refusal {
    if (!timed) {
      throw new Refusal(
          MISSING_TIME, "time: none" + missing.elsewhere("time", value) + times.expected());
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
