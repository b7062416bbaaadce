package dev.eddy.pipeline.yaml;

import java.util.List;
import java.util.stream.Collectors;

/** Writes text so that YAML reads it back as the same text. */
public final class YamlText {
  private YamlText() {}

  /** Plain where that is safe, else in quotes. */
  public static String of(String text) {
    boolean plain = text.matches("[A-Za-z][A-Za-z0-9_.-]*( [A-Za-z0-9_.-]+)*");
    boolean word = text.matches("(?i)true|false|yes|no|on|off|null|y|n");
    return plain && !word ? text : "\"" + escaped(text) + "\"";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }

  /** A list in one line. */
  public static String list(List<String> texts) {
    return texts.stream().map(YamlText::of).collect(Collectors.joining(", ", "[", "]"));
  }
}
