package dev.eddy.connectors.serde.json;

import static dev.eddy.connectors.event.Reasons.INVALID_FUTURE;
import static dev.eddy.connectors.event.Reasons.WRONG_TYPE;
import static dev.eddy.connectors.serde.json.JsonValues.found;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.ObservationSchema;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads a record's {@code future} field, a list of entries such as {@code {"time": "…", "promo":
 * 1}} or {@code {"ahead": 2, "promo": 1}}; an entry with neither is for its place in the list, from
 * 1. What lies beyond the reach is left out, and so are names that have no future. Reused from
 * record to record; thread confined.
 */
final class FutureJson {
  private final FutureFields fields;
  private final Map<String, Integer> features = new HashMap<>(); // place among the numeric ones

  // What the entries of the record have brought so far.
  private long[] when = new long[8];
  private boolean[] isTime = new boolean[8]; // whether "when" is a time, else it counts ahead
  private int[] which = new int[8];
  private double[] values = new double[8];
  private int size;

  // What the entry being read says of its own place.
  private boolean hasTime;
  private boolean hasAhead;
  private long time;
  private long ahead;

  private final TimeReader times;
  private final boolean quotedNumbers;
  private long unknown; // names in entries, of all records

  FutureJson(ObservationSchema schema) {
    fields = schema.future();
    times = new TimeReader(schema.layout());
    quotedNumbers = schema.layout().quotedNumbers();
    fields.features().forEach(name -> features.put(name, schema.numeric().indexOf(name)));
  }

  void begin() {
    size = 0;
  }

  /** Reads the list that the parser stands at. */
  void read(JsonParser json, JsonToken token) throws IOException, Refusal {
    if (token != JsonToken.START_ARRAY) {
      throw new Refusal(
          WRONG_TYPE, "future: " + found(json) + " (expected a list of entries or null)");
    }
    size = 0; // of a repeated field the last one counts
    int place = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      try {
        readEntry(json, ++place);
      } catch (Refusal e) {
        throw e.within("future[" + (place - 1) + "]");
      }
    }
  }

  private void readEntry(JsonParser json, int place) throws IOException, Refusal {
    if (json.currentToken() != JsonToken.START_OBJECT) {
      throw new Refusal(WRONG_TYPE, "entry: " + found(json) + " (expected an object)");
    }
    hasTime = false;
    hasAhead = false;
    int first = size;
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      readField(json, json.nextToken(), name);
    }
    if (hasTime && hasAhead) {
      throw new Refusal(INVALID_FUTURE, "time: beside ahead (expected one of the two)");
    }
    long at = hasTime ? time : hasAhead ? ahead : place;
    if (!hasTime && at > fields.reach()) {
      size = first;
    }
    Arrays.fill(when, first, size, at);
    Arrays.fill(isTime, first, size, hasTime);
  }

  private void readField(JsonParser json, JsonToken token, String name)
      throws IOException, Refusal {
    Integer feature = features.get(name);
    if (feature != null) {
      double value = JsonValues.number(json, token, name, quotedNumbers);
      grow();
      which[size] = feature;
      values[size] = value;
      size++;
    } else if (name.equals("time")) {
      readTime(json, token);
    } else if (name.equals("ahead")) {
      readAhead(json, token);
    } else {
      json.skipChildren();
      unknown++;
    }
  }

  private void readTime(JsonParser json, JsonToken token) throws IOException, Refusal {
    hasTime = token != JsonToken.VALUE_NULL;
    if (hasTime && fields.intervalMillis() == 0) {
      throw new Refusal(
          INVALID_FUTURE,
          "time: " + found(json) + " (expected ahead, because input.interval is not set)");
    }
    if (hasTime) {
      time = times.read(json, token);
    }
  }

  private void readAhead(JsonParser json, JsonToken token) throws IOException, Refusal {
    hasAhead = token != JsonToken.VALUE_NULL;
    if (!hasAhead) {
      return;
    }
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw new Refusal(WRONG_TYPE, "ahead: " + found(json) + " (expected a whole number or null)");
    }
    boolean isLong = json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (isLong ? json.getLongValue() < 1 : json.getBigIntegerValue().signum() < 0) {
      throw new Refusal(INVALID_FUTURE, "ahead: " + found(json) + " (expected 1 or more)");
    }
    ahead = isLong ? json.getLongValue() : Long.MAX_VALUE;
  }

  private void grow() {
    if (size == values.length) {
      when = Arrays.copyOf(when, 2 * size);
      isTime = Arrays.copyOf(isTime, 2 * size);
      which = Arrays.copyOf(which, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
  }

  /** How many names in entries were unknown, of all records so far. */
  long unknown() {
    return unknown;
  }

  /**
   * What was read.
   *
   * @param recordTime from which entries that are ahead count intervals
   */
  FutureValues values(long recordTime) {
    if (size == 0) {
      return FutureValues.NONE;
    }
    for (int i = 0; i < size; i++) {
      if (!isTime[i] && fields.intervalMillis() > 0) {
        when[i] = Math.min(recordTime + when[i] * fields.intervalMillis(), IsoTime.MAX);
      }
    }
    return new FutureValues(
        Arrays.copyOf(when, size), Arrays.copyOf(which, size), Arrays.copyOf(values, size));
  }
}
