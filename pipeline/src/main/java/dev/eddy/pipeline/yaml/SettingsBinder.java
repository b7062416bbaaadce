package dev.eddy.pipeline.yaml;

import dev.eddy.model.settings.KeySelection;
import dev.eddy.model.spec.CellType;
import dev.eddy.settings.SettingName;
import dev.eddy.settings.UserMistake;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Makes settings records from YAML nodes and gathers everything that is wrong on the way. A record
 * is made only when all its parts are right, so its constructor's own checks see whole values.
 */
public final class SettingsBinder {
  /** What is written where a setting that may be absent shall be so. */
  private static final Set<String> EMPTY = Set.of("auto", "none");

  private final YamlDocument document;
  private final Map<String, Node> places = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private final ZoneId zone;

  private SettingsBinder(YamlDocument document, ZoneId zone) {
    this.document = document;
    this.zone = zone;
  }

  /**
   * Reads the whole document as a settings record.
   *
   * @param zone of dates and times that come without an offset
   * @throws UserMistake with one line for everything that is wrong
   */
  public static <T extends Record> T bind(YamlDocument document, Class<T> type, ZoneId zone) {
    SettingsBinder binder = new SettingsBinder(document, zone);
    Object settings = binder.record(document.root(), type, "");
    if (settings == null || !binder.problems.isEmpty()) {
      throw new UserMistake(binder.problems);
    }
    return type.cast(settings);
  }

  /** Null when it was wrong; the problem is then among {@link #problems}. */
  private @Nullable Object value(Node node, Type type, String path) {
    places.putIfAbsent(path, node);
    if (type instanceof ParameterizedType generic) {
      return parameterized(node, generic, path);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == OptionalInt.class) {
      Object value = EMPTY.contains(kind(node)) ? null : value(node, Integer.class, path);
      return value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
    }
    if (node instanceof ScalarNode scalar && Scalars.reads(plain)) {
      return scalar(scalar, plain, path);
    }
    if (plain.isRecord() && node instanceof MappingNode mapping) {
      return record(mapping, plain, path);
    }
    Optional<Method> shorthand = plain.isRecord() ? shorthand(plain) : Optional.empty();
    if (shorthand.isPresent()) {
      return inShort(node, shorthand.get(), path);
    }
    if (plain == CellType.class && node instanceof SequenceNode cells) {
      String found = cells.getValue().stream().map(SettingsBinder::kind).toList().toString();
      wrong(node, path, found, "one cell: all layers of a stack are of the same kind");
      return null;
    }
    if (plain == KeySelection.class) {
      return keySelection(node, path);
    }
    if (plain.isSealed() && node instanceof MappingNode mapping) {
      return choice(mapping, plain, path);
    }
    wrong(node, path, kind(node), Scalars.reads(plain) ? "one value" : "a block of settings");
    return null;
  }

  private @Nullable Object parameterized(Node node, ParameterizedType type, String path) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      if (node instanceof ScalarNode scalar && EMPTY.contains(scalar.getValue())) {
        return Optional.empty();
      }
      Object value = value(node, arguments[0], path);
      return value == null ? null : Optional.of(value);
    }
    if (type.getRawType() == Map.class) {
      return map(node, arguments[1], path);
    }
    return list(node, arguments[0], path);
  }

  private @Nullable Object scalar(ScalarNode node, Class<?> type, String path) {
    String found = node.getValue();
    try {
      found = document.substitute(found);
      if (node.getTag().equals(Tag.NULL) && node.isPlain()) {
        wrong(node, path, "nothing", "a value");
        return null;
      }
      return Scalars.read(found, type, document.folder(), zone);
    } catch (IllegalArgumentException e) {
      problems.add(document.place(node) + ": " + path + ": " + found + " (" + e.getMessage() + ")");
      return null;
    }
  }

  /** A single value stands for a list of one, {@code 1..48} for whole numbers in a row. */
  private @Nullable List<Object> list(Node node, Type element, String path) {
    List<Node> nodes = node instanceof SequenceNode many ? many.getValue() : List.of(node);
    List<Object> values = new ArrayList<>();
    int before = problems.size();
    for (int i = 0; i < nodes.size(); i++) {
      Node each = nodes.get(i);
      String place = path + "[" + i + "]";
      if (element == Integer.class && Ranges.isRange(kind(each))) {
        values.addAll(range(each, place));
      } else {
        Object value = value(each, element, place);
        if (value != null) {
          values.add(value);
        }
      }
    }
    return problems.size() == before ? values : null;
  }

  private List<Integer> range(Node node, String path) {
    places.putIfAbsent(path, node);
    try {
      return Ranges.read(kind(node));
    } catch (IllegalArgumentException e) {
      wrong(node, path, kind(node), String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private @Nullable Map<String, Object> map(Node node, Type valueType, String path) {
    if (!(node instanceof MappingNode mapping)) {
      wrong(node, path, kind(node), "names with values");
      return null;
    }
    Map<String, Object> values = new LinkedHashMap<>();
    int before = problems.size();
    for (Map.Entry<String, Node> entry : entries(mapping, path).entrySet()) {
      Object value = value(entry.getValue(), valueType, join(path, entry.getKey()));
      if (value != null) {
        values.put(entry.getKey(), value);
      }
    }
    return problems.size() == before ? values : null;
  }

  private @Nullable Object record(MappingNode node, Class<?> type, String path) {
    places.putIfAbsent(path, node);
    int before = problems.size();
    Map<String, Node> entries = entries(node, path);
    List<RecordComponent> components = Arrays.asList(type.getRecordComponents());
    refuseUnknown(entries, components.stream().map(SettingsBinder::settingName).toList(), path);
    Map<String, Object> given = new LinkedHashMap<>();
    for (RecordComponent component : components) {
      String name = settingName(component);
      Node entry = entries.get(name);
      Object value =
          entry == null ? null : value(entry, component.getGenericType(), join(path, name));
      if (value != null) {
        given.put(component.getName(), value);
      }
    }
    if (problems.size() == before) {
      components.forEach(component -> complete(node, component, given, path));
    }
    return given.size() == components.size() && problems.size() == before
        ? create(node, type, given, path)
        : null;
  }

  /** What makes a block of a mere list: the record's static {@code of}. */
  private static Optional<Method> shorthand(Class<?> type) {
    return Arrays.stream(type.getMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()) && method.getName().equals("of"))
        .filter(method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {List.class}))
        .findFirst();
  }

  private @Nullable Object inShort(Node node, Method shorthand, String path) {
    Type element =
        ((ParameterizedType) shorthand.getGenericParameterTypes()[0]).getActualTypeArguments()[0];
    List<Object> values = list(node, element, path);
    return values == null ? null : call(node, path, () -> shorthand.invoke(null, values));
  }

  /** One of a sealed interface's records: the one that {@code by:} or {@code type:} names. */
  private @Nullable Object choice(MappingNode node, Class<?> type, String path) {
    Map<String, Class<?>> choices = new LinkedHashMap<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      choices.put(kebab(permitted.getSimpleName()).replaceFirst("^by-", ""), permitted);
    }
    for (NodeTuple tuple : node.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode key
          && key.getValue().equals("by")
          && tuple.getValueNode() instanceof ScalarNode chosen) {
        Class<?> permitted = choices.get(chosen.getValue());
        if (permitted == null) {
          wrong(chosen, join(path, "by"), chosen.getValue(), one(choices.keySet()));
          return null;
        }
        List<NodeTuple> rest = new ArrayList<>(node.getValue());
        rest.remove(tuple);
        return record(
            new MappingNode(
                node.getTag(),
                true,
                rest,
                node.getStartMark(),
                node.getEndMark(),
                node.getFlowStyle()),
            permitted,
            path);
      }
    }
    wrong(node, join(path, "by"), "missing", one(choices.keySet()));
    return null;
  }

  /** A list of keys, a fraction of them, or a glob that they match. */
  private @Nullable Object keySelection(Node node, String path) {
    if (!(node instanceof ScalarNode scalar)) {
      List<Object> names = list(node, String.class, path);
      return names == null
          ? null
          : new KeySelection.Named(names.stream().map(String.class::cast).toList());
    }
    if (scalar.getTag().equals(Tag.FLOAT)) {
      Object fraction = scalar(scalar, Double.class, path);
      return fraction == null ? null : new KeySelection.Fraction((double) fraction);
    }
    if (scalar.getTag().equals(Tag.INT)) {
      wrong(node, path, scalar.getValue(), "a fraction above 0 and below 1, key names or a glob");
      return null;
    }
    Object glob = scalar(scalar, String.class, path);
    return glob == null ? null : new KeySelection.Glob((String) glob);
  }

  private Map<String, Node> entries(MappingNode node, String path) {
    Map<String, Node> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        wrong(tuple.getKeyNode(), path, kind(tuple.getKeyNode()), "a plain name");
      } else if (entries.putIfAbsent(key.getValue(), tuple.getValueNode()) != null) {
        wrong(key, join(path, key.getValue()), "given twice", "given once");
      } else {
        places.put(join(path, key.getValue()), key);
      }
    }
    return entries;
  }

  private void refuseUnknown(Map<String, Node> entries, List<String> known, String path) {
    for (Map.Entry<String, Node> entry : entries.entrySet()) {
      if (!known.contains(entry.getKey())) {
        String setting = join(path, entry.getKey());
        Node place = places.getOrDefault(setting, entry.getValue());
        String hint =
            Nearest.to(entry.getKey(), known)
                .map(nearest -> "did you mean " + nearest + "?")
                .orElse("must be one of " + String.join(", ", known));
        problems.add(document.place(place) + ": " + setting + ": unknown setting (" + hint + ")");
      }
    }
  }

  private void complete(
      MappingNode node, RecordComponent component, Map<String, Object> given, String path) {
    if (given.containsKey(component.getName())) {
      return;
    }
    Defaults defaults = new Defaults(component.getDeclaringRecord(), Map.copyOf(given));
    Optional<Object> standard = defaults.of(component);
    if (standard.isPresent()) {
      given.put(component.getName(), standard.get());
    } else if (defaults.mustBeGiven(component)) {
      problems.add(
          document.place(node)
              + ": "
              + join(path, settingName(component))
              + ": missing (must be given)");
    }
  }

  private @Nullable Object create(
      MappingNode node, Class<?> type, Map<String, Object> given, String path) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components).map(component -> given.get(component.getName())).toArray();
    return call(node, path, () -> type.getDeclaredConstructor(types).newInstance(values));
  }

  /** Makes a record by reflection. */
  private interface Making {
    Object make() throws ReflectiveOperationException;
  }

  private @Nullable Object call(Node node, String path, Making making) {
    try {
      return making.make();
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        return refused(node, String.valueOf(refused.getMessage()), path);
      }
      throw new IllegalStateException(path + ": its record failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(path + ": is not a public record", e);
    }
  }

  /** Puts path and line before what a record's constructor said. */
  private @Nullable Object refused(Node node, String message, String path) {
    String block = path.isEmpty() ? "" : path.substring(path.lastIndexOf('.') + 1);
    String line = message;
    if (!path.isEmpty() && !message.startsWith(path)) {
      boolean namesBlock = message.startsWith(block + ".") || message.startsWith(block + ":");
      line = namesBlock ? path + message.substring(block.length()) : path + "." + message;
    }
    String setting = line.substring(0, Math.max(0, line.indexOf(": ")));
    Node place = places.getOrDefault(setting, node);
    problems.add(document.place(place) + ": " + line);
    return null;
  }

  private void wrong(Node node, String path, String found, String expected) {
    problems.add(document.place(node) + ": " + path + ": " + found + " (must be " + expected + ")");
  }

  private static String kind(Node node) {
    if (node instanceof ScalarNode scalar) {
      return scalar.getTag().equals(Tag.NULL) ? "nothing" : scalar.getValue();
    }
    return node instanceof SequenceNode ? "a list" : "a block";
  }

  private static String one(Collection<String> choices) {
    return String.join(" or ", choices);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static String settingName(RecordComponent component) {
    SettingName written = component.getAnnotation(SettingName.class);
    return written == null ? kebab(component.getName()) : written.value();
  }

  static String kebab(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
