package dev.eddy.pipeline.yaml;

import dev.eddy.settings.Block;
import dev.eddy.settings.Declaration;
import dev.eddy.settings.Shape;
import dev.eddy.settings.Words;
import java.lang.invoke.MethodType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes the page that says everything about every setting of a record. */
public final class SettingsReference {
  private static final Map<Class<?>, String> WORDS =
      Map.of(
          boolean.class, "`true` or `false`",
          int.class, "whole number",
          long.class, "whole number",
          double.class, "number",
          Duration.class, "duration",
          Instant.class, "date or time",
          ZoneId.class, "time zone",
          Path.class, "path");

  private final StringBuilder page;

  private SettingsReference(String introduction) {
    page = new StringBuilder(introduction);
  }

  /** The page, in Markdown: an introduction, then a table for each block in its order. */
  public static String of(Class<? extends Record> type, String introduction) {
    SettingsReference reference = new SettingsReference(introduction);
    reference.block("", type, "");
    return reference.page.toString();
  }

  private void block(String path, Class<?> type, String before) {
    List<Declaration> settings = Declaration.of(type);
    page.append("\n| setting | what it is for | written as | default | must be |\n");
    page.append("|---|---|---|---|---|\n").append(before);
    for (Declaration each : settings) {
      row(path + each.name(), each);
    }
    settings.forEach(each -> within(path + each.name(), each, content(each.shape())));
  }

  private void row(String path, Declaration setting) {
    String unit = setting.setting().unit();
    String expectation = setting.bounds().expectation();
    page.append("| `%s` ".formatted(path))
        .append("| %s ".formatted(setting.setting().about()))
        .append("| %s%s ".formatted(written(setting.shape()), unit.isEmpty() ? "" : ", " + unit))
        .append("| %s ".formatted(standard(setting)))
        .append("| %s |\n".formatted(expectation));
  }

  private void within(String path, Declaration setting, Shape shape) {
    if (shape.kind() == Shape.Kind.BLOCK) {
      Block block = Declaration.block(shape.type());
      page.append("\n## `%s`\n\n%s.\n".formatted(path, sentence(setting.setting().about())));
      if (!block.inShort().isEmpty()) {
        String inner = Declaration.of(shape.type(), block.inShort()).name();
        page.append(
            "In short, `%s: …` is `%s: {%s: …}`.\n".formatted(last(path), last(path), inner));
      }
      block(path + ".", shape.type(), "");
    }
    if (shape.kind() == Shape.Kind.CHOICE) {
      page.append("\n## `%s`\n\n%s.\n".formatted(path, sentence(setting.setting().about())));
      shape
          .choices()
          .forEach(
              (by, type) -> {
                page.append("\n### `%s` with `by: %s`\n\n".formatted(path, by));
                page.append(Declaration.block(type).about()).append(".\n");
                block(
                    path + ".",
                    type,
                    "| `%s.by` | which split | `%s` | must be given | |\n".formatted(path, by));
              });
    }
  }

  private static Shape content(Shape shape) {
    return shape.kind() == Shape.Kind.OPTIONAL || isOfBlocks(shape) ? shape.element() : shape;
  }

  private static boolean isOfBlocks(Shape shape) {
    return shape.kind() == Shape.Kind.LIST && shape.element().kind() == Shape.Kind.BLOCK;
  }

  private static String last(String path) {
    return path.substring(path.lastIndexOf('.') + 1);
  }

  private static String sentence(String about) {
    return Character.toUpperCase(about.charAt(0)) + about.substring(1);
  }

  private static String standard(Declaration setting) {
    List<String> text = List.of(setting.setting().byDefault());
    if (text.isEmpty()) {
      return "must be given";
    }
    boolean listed =
        setting.shape().kind() == Shape.Kind.LIST
            && !isOfBlocks(setting.shape())
            && !text.get(0).equals("[]");
    return "`"
        + (listed
            ? text.stream()
                .map(each -> each.isEmpty() ? "\"\"" : each)
                .collect(Collectors.joining(", ", "[", "]"))
            : text.get(0).isEmpty() ? "none" : text.get(0))
        + "`";
  }

  private static String written(Shape shape) {
    return switch (shape.kind()) {
      case OPTIONAL -> written(shape.element());
      case LIST -> "list: " + written(shape.element());
      case MAP -> "names with values";
      case BLOCK -> "block";
      case CHOICE -> "block with `by:`";
      case FORMS ->
          shape.forms().stream()
              .map(form -> Declaration.of(form).setting().about())
              .collect(Collectors.joining(", or "));
      case SCALAR ->
          shape.type().isEnum()
              ? Words.all(shape.type()).stream().collect(Collectors.joining("`, `", "`", "`"))
              : written(MethodType.methodType(shape.type()).unwrap().returnType());
    };
  }

  private static String written(Class<?> type) {
    return WORDS.getOrDefault(type, type == char.class ? "character" : "text");
  }
}
