package dev.eddy.pipeline.yaml;

import dev.eddy.settings.Declaration;
import dev.eddy.settings.Scalars;
import dev.eddy.settings.Settings;
import dev.eddy.settings.Shape;
import dev.eddy.settings.UserMistake;
import dev.eddy.settings.Words;
import java.lang.reflect.RecordComponent;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes settings records from YAML nodes, by what their components declare, and gathers everything
 * that is wrong on the way. A record is made only when all its parts are right, so its
 * constructor's own checks see whole values.
 */
public final class SettingsBinder {
  private final YamlDocument document;
  private final ZoneId zone;
  private final Problems problems;
  private final Variables variables;

  private SettingsBinder(YamlDocument document, ZoneId zone) {
    this.document = document;
    this.zone = zone;
    this.problems = new Problems(document);
    this.variables = new Variables(document);
  }

  /**
   * Reads the whole document as a settings record.
   *
   * @param zone of dates and times that come without an offset
   * @throws UserMistake with one line for everything that is wrong
   */
  public static <T extends Record> T bind(YamlDocument document, Class<T> type, ZoneId zone) {
    SettingsBinder binder = new SettingsBinder(document, zone);
    Object settings = binder.block(document.root(), type, "");
    if (settings == null || binder.problems.count() > 0) {
      throw binder.problems.mistake();
    }
    return type.cast(settings);
  }

  /** Null when it was wrong; the problem is then among {@link #problems}. */
  private @Nullable Object value(Node written, Shape shape, String path) {
    Node node = variables.fill(written);
    problems.found(path, node);
    return switch (shape.kind()) {
      case OPTIONAL -> optional(node, shape, path);
      case LIST -> list(node, shape.element(), path);
      case MAP -> map(node, shape.element(), path);
      case BLOCK -> blockOrShort(node, shape.type(), path);
      case CHOICE -> choice(node, shape, path);
      case FORMS -> form(node, shape, path);
      case SCALAR -> scalar(node, shape.type(), path);
    };
  }

  private @Nullable Object optional(Node node, Shape shape, String path) {
    if (node instanceof ScalarNode scalar && Shape.isNothing(scalar.getValue())) {
      boolean isNone = Shape.isNone(scalar.getValue()) && shape.element().kind() == Shape.Kind.LIST;
      return shape.optional(isNone ? List.of() : null); // a list can be none, and not be found
    }
    Object value = value(node, shape.element(), path);
    return value == null ? null : shape.optional(value);
  }

  private @Nullable Object scalar(Node node, Class<?> type, String path) {
    if (!(node instanceof ScalarNode scalar)) {
      String expected = type.isEnum() ? Words.oneOf(Words.all(type)) : "one value";
      return wrong(node, path, expected);
    }
    String found = scalar.getValue();
    try {
      found = variables.text(scalar);
      return scalar.getTag().equals(Tag.NULL) && scalar.isPlain()
          ? wrong(node, path, "a value")
          : Scalars.read(found, type, document.folder(), zone);
    } catch (IllegalArgumentException e) {
      problems.add(node, path, found, String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** A single value stands for a list of one, {@code 1..48} for whole numbers in a row. */
  private @Nullable List<Object> list(Node node, Shape element, String path) {
    List<Node> nodes = variables.each(node);
    List<Object> values = new ArrayList<>();
    int before = problems.count();
    for (int i = 0; i < nodes.size(); i++) {
      Node each = nodes.get(i);
      boolean alone = element.kind() == Shape.Kind.BLOCK && !(node instanceof SequenceNode);
      String place = alone ? path : path + "[" + i + "]";
      if (element.type() == Integer.class && Ranges.isRange(Problems.kind(each))) {
        values.addAll(range(each, place));
      } else {
        Optional.ofNullable(value(each, element, place)).ifPresent(values::add);
      }
    }
    return problems.count() == before ? values : null;
  }

  private List<Integer> range(Node node, String path) {
    try {
      return Ranges.read(Problems.kind(node));
    } catch (IllegalArgumentException e) {
      wrong(node, path, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private @Nullable Map<String, Object> map(Node node, Shape element, String path) {
    if (!(node instanceof MappingNode mapping)) {
      wrong(node, path, "names with values");
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    int before = problems.count();
    Map<String, Node> entries = entries(mapping, path);
    Optional.ofNullable(entries.remove(Nodes.IN_SHORT))
        .ifPresent(value -> wrong(value, path, "names with values"));
    entries.forEach(
        (name, entry) ->
            Optional.ofNullable(value(entry, element, join(path, name)))
                .ifPresent(value -> values.put(name, value)));
    return problems.count() == before ? values : null;
  }

  private @Nullable Object blockOrShort(Node node, Class<?> type, String path) {
    if (node instanceof MappingNode mapping) {
      return block(mapping, type, path);
    }
    String inShort = Declaration.block(type).inShort();
    return inShort.isEmpty()
        ? wrong(node, path, "a block of settings")
        : block(Nodes.mapping(inShort, node), type, path);
  }

  private @Nullable Object block(MappingNode node, Class<?> type, String path) {
    int before = problems.count();
    Map<String, Node> entries = entries(node, path);
    Optional.ofNullable(entries.remove(Nodes.IN_SHORT))
        .ifPresent(value -> inShort(value, entries, type, path));
    List<Declaration> settings = Declaration.of(type);
    refuseUnknown(entries, settings.stream().map(Declaration::name).toList(), path);
    Map<String, Object> values = new LinkedHashMap<>();
    for (Declaration setting : settings) {
      Node entry = entries.get(setting.name());
      Object value =
          entry == null
              ? setting.standard().orElse(null)
              : setting(entry, setting, join(path, setting.name()));
      values.put(setting.name(), value);
    }
    if (problems.count() == before) {
      values.forEach((name, value) -> requireGiven(node, join(path, name), value));
    }
    return problems.count() == before ? make(node, type, values) : null;
  }

  /** What was written in short stands beside what was added, by the name of its setting. */
  private void inShort(Node value, Map<String, Node> entries, Class<?> type, String path) {
    String name = Declaration.block(type).inShort();
    if (name.isEmpty()) {
      wrong(value, path, "a block of settings");
    } else {
      entries.putIfAbsent(name, value);
    }
  }

  private @Nullable Object setting(Node node, Declaration setting, String path) {
    Optional<String> outside = variables.outside(node, setting);
    if (outside.isPresent()) {
      problems.wrong(path, node, outside.get(), setting.bounds().expectation());
      return null;
    }
    Object value = value(node, setting.shape(), path);
    if (value != null) {
      setting
          .refusal(value)
          .ifPresent(
              expected ->
                  problems.wrong(
                      path,
                      node,
                      node instanceof ScalarNode && !(Shape.content(value) instanceof List)
                          ? Problems.kind(variables.fill(node))
                          : setting.found(value),
                      expected));
    }
    return value;
  }

  private void requireGiven(Node block, String path, @Nullable Object value) {
    if (value == null) {
      problems.wrong(block, path, "missing", "given");
    }
  }

  private @Nullable Object make(Node node, Class<?> type, Map<String, Object> values) {
    try {
      return Settings.make(type.asSubclass(Record.class), values);
    } catch (UserMistake refused) {
      problems.refused(node, refused);
      return null;
    }
  }

  /** One of a sealed interface's records: the one that {@code by:} names. */
  private @Nullable Object choice(Node node, Shape shape, String path) {
    if (!(node instanceof MappingNode mapping)) {
      return wrong(node, path, "a block of settings");
    }
    Map<String, Class<?>> choices = shape.choices();
    String by = join(path, "by");
    for (NodeTuple tuple : mapping.getValue()) {
      if (Nodes.isNamed(tuple, "by")) {
        Class<?> chosen = choices.get(Problems.kind(variables.fill(tuple.getValueNode())));
        return chosen == null
            ? wrong(tuple.getValueNode(), by, Words.oneOf(choices.keySet()))
            : block(Nodes.without(mapping, tuple), chosen, path);
      }
    }
    problems.wrong(node, by, "missing", Words.oneOf(choices.keySet()));
    return null;
  }

  /** One of a sealed interface's records of one setting: the one whose form the node has. */
  private @Nullable Object form(Node node, Shape shape, String path) {
    for (RecordComponent form : shape.forms()) {
      Declaration setting = Declaration.of(form);
      if (Nodes.hasForm(node, form.getType())) {
        Object value = value(node, setting.shape(), path);
        if (value == null || setting.refusal(value).isEmpty()) {
          Class<?> type = form.getDeclaringRecord();
          return value == null ? null : make(node, type, Map.of(setting.name(), value));
        }
        String expected = setting.bounds().expectation();
        return wrong(node, path, setting.setting().about() + ", " + expected);
      }
    }
    return wrong(node, path, "one value or a list");
  }

  private Map<String, Node> entries(MappingNode node, String path) {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        wrong(tuple.getKeyNode(), path, "a plain name");
      } else if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
        problems.wrong(key, join(path, key.getValue()), "given twice", "given once");
      } else {
        problems.named(join(path, key.getValue()), key);
      }
    }
    return entries;
  }

  private void refuseUnknown(Map<String, Node> entries, List<String> known, String path) {
    entries.forEach(
        (name, node) -> {
          if (!known.contains(name)) {
            String hint =
                Nearest.to(name, known)
                    .map(nearest -> "did you mean " + nearest + "?")
                    .orElse("must be one of " + known.stream().collect(Collectors.joining(", ")));
            problems.unknown(join(path, name), node, hint);
          }
        });
  }

  private @Nullable Object wrong(Node node, String path, String expected) {
    problems.wrong(node, path, Problems.kind(node), expected);
    return null;
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }
}
