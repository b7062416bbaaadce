package dev.eddy.pipeline.yaml;

import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Gathers everything that is wrong with a document, and knows where each setting stands in it. */
final class Problems {
  private final YamlDocument document;
  private final Map<String, Node> places = new HashMap<>();
  private final List<String> lines = new ArrayList<>();

  Problems(YamlDocument document) {
    this.document = document;
  }

  /** Remembers where a setting's name stands. */
  void named(String path, Node key) {
    places.put(path, key);
  }

  /** Remembers where a value stands that may have no name. */
  void found(String path, Node value) {
    places.putIfAbsent(path, value);
  }

  int count() {
    return lines.size();
  }

  /** All that was gathered. */
  UserMistake mistake() {
    return new UserMistake(lines);
  }

  /** Adds {@code place: path: found (must be expected)}. */
  void wrong(Node node, String path, String found, String expected) {
    add(node, path, found, "must be " + expected);
  }

  /** Adds the same of the setting itself, wherever its name stands. */
  void wrong(String path, Node otherwise, String found, String expected) {
    wrong(places.getOrDefault(path, otherwise), path, found, expected);
  }

  /** Adds a setting that no record has. */
  void unknown(String path, Node value, String hint) {
    add(places.getOrDefault(path, value), path, "unknown setting", hint);
  }

  /** Adds {@code place: path: found (hint)}. */
  void add(Node node, String path, String found, String hint) {
    lines.add(document.place(node) + ": " + path + ": " + found + " (" + hint + ")");
  }

  /** Adds what a record's constructor said, each line at the setting that it names. */
  void refused(Node block, UserMistake mistake) {
    for (String line : mistake.lines()) {
      String setting = line.substring(0, Math.max(0, line.indexOf(": ")));
      lines.add(document.place(places.getOrDefault(setting, block)) + ": " + line);
    }
  }

  /** What a node is, or says, in a message. */
  static String kind(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getTag().equals(Tag.NULL) ? "nothing" : scalar.getValue();
    }
    return node instanceof SequenceNode list
        ? list.getValue().stream().map(Problems::kind).toList().toString()
        : "a block";
  }
}
