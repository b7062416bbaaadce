package dev.eddy.pipeline.cli.init;

import java.util.List;
import java.util.stream.Collectors;

/** Writes text so that YAML reads it back as the same text. */
final class Yaml {
  private Yaml() {}

  static String text(String text) {
    boolean plain = text.matches("[A-Za-z][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*");
    boolean word = text.matches("(?i)true|false|yes|no|on|off|null|y|n");
    return plain && !word ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  static String list(List<String> texts) {
    return texts.stream().map(Yaml::text).collect(Collectors.joining(", ", "[", "]"));
  }
}
