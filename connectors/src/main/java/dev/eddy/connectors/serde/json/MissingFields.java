package dev.eddy.connectors.serde.json;

import dev.eddy.connectors.event.FieldPath;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.serde.value.ValueTokens;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Says of a record that lacks what a deployment needs where it might have it instead. */
final class MissingFields {
  private static final int SHOWN = 8; // names, in a message

  private final ObservationSchema schema;
  private final ValueTokens tokens;

  MissingFields(ObservationSchema schema, ValueTokens tokens) {
    this.schema = schema;
    this.tokens = tokens;
  }

  /** The detail of a record with none of the features. */
  String features(byte[] value) {
    List<String> names =
        Stream.concat(schema.numeric().stream(), schema.categorical().stream()).toList();
    Map<List<String>, RecordPaths.Leaf> fields = fields(value);
    List<String> found = fields.keySet().stream().map(path -> path.get(0)).distinct().toList();
    return "value: none of "
        + listed(names)
        + " among "
        + listed(found)
        + " (expected one at least"
        + elsewhere(names, fields)
        + ")";
  }

  /** Goes on a sentence with where a field may lie; empty if nowhere. */
  String elsewhere(String name, byte[] value) {
    return elsewhere(List.of(name), fields(value));
  }

  private static String elsewhere(List<String> names, Map<List<String>, RecordPaths.Leaf> fields) {
    Map<String, String> mapping = new LinkedHashMap<>();
    for (String name : names) {
      RecordPaths.named(name, fields).stream()
          .filter(path -> leaf(fields, path) != RecordPaths.Kind.NOTHING) // null is nothing to read
          .findFirst()
          .ifPresent(path -> mapping.put(name, FieldPath.write(path)));
    }
    if (mapping.isEmpty()) {
      return "";
    }
    List<String> entries = new ArrayList<>();
    mapping.forEach((name, path) -> entries.add(name + ": " + path));
    return "; input.fields: {" + JsonValues.oneLine(listed(entries)) + "} would read it there";
  }

  private static RecordPaths.Kind leaf(
      Map<List<String>, RecordPaths.Leaf> fields, List<String> path) {
    RecordPaths.Leaf leaf = fields.get(path);
    return leaf == null ? RecordPaths.Kind.NOTHING : leaf.kind();
  }

  private Map<List<String>, RecordPaths.Leaf> fields(byte[] value) {
    try {
      return RecordPaths.of(tokens, value);
    } catch (IOException e) { // nothing is known of it, then
      return Map.of();
    }
  }

  private static String listed(List<String> names) {
    String first =
        JsonValues.oneLine(String.join(", ", names.subList(0, Math.min(names.size(), SHOWN))));
    return names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
  }
}
