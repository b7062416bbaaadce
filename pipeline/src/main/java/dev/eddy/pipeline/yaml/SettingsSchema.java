package dev.eddy.pipeline.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.settings.Bounds;
import dev.eddy.settings.Declaration;
import dev.eddy.settings.Scalars;
import dev.eddy.settings.Shape;
import dev.eddy.settings.Words;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes the JSON Schema of a settings record, by which editors complete and check its YAML. It
 * allows what the binder reads: one value for a list of one, {@code none} where a setting may be
 * absent, {@code yes} for {@code true}, numbers in quotes, {@code ${NAME}} for any value.
 */
public final class SettingsSchema {
  private static final List<String> TEXT = List.of("string", "number", "boolean");
  private static final String VARIABLE = "\\$\\{[A-Za-z_][A-Za-z0-9_]*(:-[^}]*)?\\}";

  private SettingsSchema() {}

  /** The schema of a whole file, as JSON text. */
  public static String of(Class<? extends Record> type, String title) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", title);
    schema.putAll(block(type, Map.of()));
    Map<String, Object> shared = new LinkedHashMap<>();
    shared.put("environment", pattern("From the environment", VARIABLE));
    shared.put(
        "duration",
        pattern("A number with a unit, or ISO 8601", "^(\\d+ *(ms|s|min|m|h|d|w)|P.+)$"));
    shared.put("instant", pattern("A date or a time", "^\\d{4}-\\d\\d-\\d\\d(T.+)?$"));
    shared.put("range", pattern("Whole numbers in a row", "^\\d+\\.\\.\\d+$"));
    shared.put("whole", pattern("A whole number in quotes", "^[+-]?\\d[\\d_]*$"));
    shared.put(
        "number", pattern("A number in quotes", "^[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?$"));
    shared.put("truth", Map.of("enum", Stream.concat(Stream.of(true, false), words()).toList()));
    schema.put("$defs", shared);
    DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
    try {
      return new ObjectMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Words that some readers of YAML take for true and false, and others for text. */
  private static Stream<String> words() {
    return Stream.of(true, false).flatMap(value -> Scalars.words(value).stream().sorted());
  }

  private static Map<String, Object> pattern(String description, String pattern) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", description);
    schema.put("type", "string");
    schema.put("pattern", pattern);
    return schema;
  }

  private static Map<String, Object> block(Class<?> type, Map<String, ?> more) {
    List<Declaration> settings = Declaration.of(type);
    Map<String, Object> properties = new LinkedHashMap<>(more);
    settings.forEach(each -> properties.put(each.name(), setting(each)));
    List<String> required = new ArrayList<>(more.keySet());
    settings.stream()
        .filter(Declaration::mustBeGiven)
        .map(Declaration::name)
        .forEach(required::add);
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("type", "object");
    schema.put("additionalProperties", false);
    schema.put("properties", properties);
    if (!required.isEmpty()) {
      schema.put("required", required);
    }
    return schema;
  }

  private static Map<String, Object> setting(Declaration setting) {
    Map<String, Object> schema = new LinkedHashMap<>();
    String unit = setting.setting().unit();
    schema.put("description", setting.setting().about() + (unit.isEmpty() ? "" : ", in " + unit));
    if (!setting.mustBeGiven()) {
      schema.put("default", standard(setting.shape(), setting.setting().byDefault()));
    }
    schema.putAll(any(forms(setting.shape(), setting.bounds())));
    return schema;
  }

  private static Map<String, Object> any(Set<Map<String, Object>> forms) {
    return forms.size() == 1 ? forms.iterator().next() : Map.of("anyOf", forms);
  }

  /** Everything that may be written for a setting. */
  private static Set<Map<String, Object>> forms(Shape shape, Bounds bounds) {
    Set<Map<String, Object>> forms = new LinkedHashSet<>();
    switch (shape.kind()) {
      case OPTIONAL -> {
        forms.addAll(forms(shape.element(), bounds));
        forms.add(Map.of("enum", Shape.nothing()));
      }
      case LIST -> {
        forms.addAll(forms(shape.element(), bounds));
        if (shape.element().type() == Integer.class) {
          forms.add(shared("range"));
        }
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("type", "array");
        list.put("items", any(new LinkedHashSet<>(forms)));
        forms.add(list);
      }
      case MAP -> {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("type", "object");
        map.put("additionalProperties", Map.of("type", TEXT));
        forms.add(map);
      }
      case BLOCK -> {
        forms.add(block(shape.type(), Map.of()));
        String inShort = Declaration.block(shape.type()).inShort();
        if (!inShort.isEmpty()) {
          forms.addAll(forms(Declaration.of(shape.type(), inShort).shape(), bounds));
        }
      }
      case CHOICE ->
          shape
              .choices()
              .forEach((by, type) -> forms.add(block(type, Map.of("by", Map.of("const", by)))));
      case FORMS -> {
        shape.forms().stream()
            .map(Declaration::of)
            .forEach(form -> forms.addAll(forms(form.shape(), form.bounds())));
        forms.remove(Map.of("type", TEXT)); // a number is not text where forms are told apart
        forms.add(Map.of("type", "string"));
      }
      case SCALAR -> scalar(forms, shape.type(), bounds);
    }
    return forms;
  }

  private static void scalar(Set<Map<String, Object>> forms, Class<?> type, Bounds bounds) {
    if (type.isEnum()) {
      forms.add(Map.of("enum", Words.all(type)));
    } else if (type == boolean.class || type == Boolean.class) {
      forms.add(shared("truth"));
    } else if (type == Duration.class) {
      forms.add(shared("duration"));
    } else if (type == Instant.class) {
      forms.add(shared("instant"));
    } else if (isNumber(type)) {
      forms.add(number(type, bounds));
      forms.add(shared(isWhole(type) ? "whole" : "number"));
    } else {
      forms.add(Map.of("type", TEXT));
      return; // text may be a variable anyway
    }
    forms.add(shared("environment"));
  }

  private static Map<String, Object> shared(String name) {
    return Map.of("$ref", "#/$defs/" + name);
  }

  private static boolean isNumber(Class<?> type) {
    return (type.isPrimitive() && type != char.class) || Number.class.isAssignableFrom(type);
  }

  private static boolean isWhole(Class<?> type) {
    return type == int.class || type == Integer.class || type == long.class;
  }

  private static Map<String, Object> number(Class<?> type, Bounds bounds) {
    Map<String, Object> number = new LinkedHashMap<>();
    number.put("type", isWhole(type) ? "integer" : "number");
    bound(number, "minimum", bounds.least());
    bound(number, "maximum", bounds.most());
    bound(number, "exclusiveMinimum", bounds.above());
    bound(number, "exclusiveMaximum", bounds.below());
    return number;
  }

  private static void bound(Map<String, Object> number, String name, String bound) {
    if (!bound.isEmpty()) {
      number.put(name, numeric(bound));
    }
  }

  private static Number numeric(String text) {
    return text.matches("-?\\d+") ? (Number) Long.valueOf(text) : Double.valueOf(text);
  }

  /** What a value means that stands in place of a block. */
  private static Shape inShort(Shape block) {
    return Declaration.of(block.type(), Declaration.block(block.type()).inShort()).shape();
  }

  private static Object standard(Shape shape, String... text) {
    return switch (shape.kind()) {
      case OPTIONAL -> Shape.isNothing(text[0]) ? text[0] : standard(shape.element(), text);
      case LIST ->
          shape.element().kind() == Shape.Kind.BLOCK && !text[0].equals("[]")
              ? standard(inShort(shape.element()), text)
              : text[0].equals("[]")
                  ? List.of()
                  : Arrays.stream(text).map(each -> standard(shape.element(), each)).toList();
      case MAP, BLOCK -> Map.of();
      default ->
          shape.type() == boolean.class
              ? (Object) Boolean.valueOf(text[0])
              : isNumber(shape.type()) ? numeric(text[0]) : text[0];
    };
  }
}
