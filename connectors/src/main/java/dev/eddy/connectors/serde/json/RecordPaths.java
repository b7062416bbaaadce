package dev.eddy.connectors.serde.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.eddy.connectors.serde.value.ValueTokens;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lists the fields that a record's value has, however deep: their paths and what they hold. For
 * looking at records, not for the way of each.
 */
public final class RecordPaths {
  private static final int MOST = 1000; // fields of a record
  private static final int DEPTH = 12;
  private static final int FIRST = 4; // places of a list that are looked at

  private RecordPaths() {}

  /**
   * The values by their path, text as it is and other scalars as they are written; a list of
   * scalars and what lies too deep count as one value.
   *
   * @param tokens what it is written in
   * @throws IOException when it is no object
   */
  public static Map<List<String>, Leaf> of(ValueTokens tokens, byte[] value) throws IOException {
    Map<List<String>, Leaf> found = new LinkedHashMap<>();
    try (JsonParser json = tokens.open(value)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("no object");
      }
      object(json, new ArrayDeque<>(), found);
    }
    return found;
  }

  /**
   * What a field holds.
   *
   * @param kind of JSON
   * @param text as it is written, without quotes; empty for an object or a list
   */
  public record Leaf(Kind kind, String text) {}

  /** Kinds of values. */
  public enum Kind {
    TEXT,
    NUMBER,
    TRUTH,
    NOTHING,
    NESTED
  }

  private static void object(JsonParser json, Deque<String> at, Map<List<String>, Leaf> found)
      throws IOException {
    for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
      json.nextToken();
      at.addLast(name);
      value(json, at, found);
      at.removeLast();
    }
  }

  private static void value(JsonParser json, Deque<String> at, Map<List<String>, Leaf> found)
      throws IOException {
    JsonToken token = json.currentToken();
    boolean nested = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
    if (found.size() >= MOST || (nested && at.size() >= DEPTH)) {
      json.skipChildren();
    } else if (token == JsonToken.START_OBJECT) {
      object(json, at, found);
    } else if (token == JsonToken.START_ARRAY) {
      list(json, at, found);
    } else {
      found.put(List.copyOf(at), leaf(json, token));
    }
  }

  private static void list(JsonParser json, Deque<String> at, Map<List<String>, Leaf> found)
      throws IOException {
    int place = 0;
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (place >= FIRST) {
        json.skipChildren();
      } else {
        at.addLast(Integer.toString(place));
        value(json, at, found);
        at.removeLast();
      }
      place++;
    }
    if (place == 0) {
      found.put(List.copyOf(at), new Leaf(Kind.NESTED, ""));
    }
  }

  private static Leaf leaf(JsonParser json, JsonToken token) throws IOException {
    return switch (token) {
      case VALUE_STRING -> new Leaf(Kind.TEXT, json.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Leaf(Kind.NUMBER, json.getText());
      case VALUE_TRUE, VALUE_FALSE -> new Leaf(Kind.TRUTH, json.getText());
      default -> new Leaf(Kind.NOTHING, "");
    };
  }

  /** The paths of the fields that go by a name, in whatever capitals, the shortest first. */
  static List<List<String>> named(String name, Map<List<String>, Leaf> fields) {
    List<List<String>> found = new ArrayList<>();
    for (List<String> path : fields.keySet()) {
      if (path.get(path.size() - 1).equalsIgnoreCase(name)) {
        found.add(path);
      }
    }
    found.sort((one, other) -> one.size() - other.size());
    return found;
  }
}
