package dev.eddy.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes records of settings from what their components declare. */
public final class Settings {
  private Settings() {}

  /**
   * Settings of which some are given, the others at their defaults.
   *
   * @param given by their names in YAML
   * @throws UserMistake when one must be given and is not, or is out of bounds
   */
  public static <T extends Record> T of(Class<T> type, Map<String, ?> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Declaration each : Declaration.of(type)) {
      Object value = given.get(each.name());
      values.put(
          each.name(),
          value != null
              ? value
              : each.standard()
                  .orElseThrow(
                      () -> new UserMistake(place(type, each) + ": missing (must be given)")));
    }
    return make(type, changed(type, values, given));
  }

  /** The same settings but for some, by their names in YAML. */
  public static <T extends Record> T with(T settings, Map<String, ?> changes) {
    @SuppressWarnings("unchecked") // what getClass says of a T
    Class<T> type = (Class<T>) settings.getClass();
    Map<String, Object> values = new LinkedHashMap<>();
    Declaration.of(type).forEach(each -> values.put(each.name(), each.valueIn(settings)));
    return make(type, changed(type, values, changes));
  }

  private static Map<String, Object> changed(
      Class<?> type, Map<String, Object> values, Map<String, ?> changes) {
    changes.keySet().forEach(name -> Declaration.of(type, name)); // refuses unknown names
    changes.forEach((name, value) -> values.put(name, inFull(Declaration.of(type, name), value)));
    return values;
  }

  /** What stands in short for a list of blocks becomes one, as it does in YAML. */
  private static Object inFull(Declaration setting, Object value) {
    if (setting.shape().kind() != Shape.Kind.LIST
        || setting.shape().element().kind() != Shape.Kind.BLOCK
        || value instanceof List) {
      return value;
    }
    Class<? extends Record> block = setting.shape().element().type().asSubclass(Record.class);
    return List.of(of(block, Map.of(Declaration.block(block).inShort(), value)));
  }

  /**
   * Makes a record of all its components in order.
   *
   * @throws UserMistake when the record refuses them
   */
  public static <T extends Record> T make(Class<T> type, Map<String, Object> values) {
    Class<?>[] types =
        Arrays.stream(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(types).newInstance(values.values().toArray());
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException refused) {
        throw refused;
      }
      throw new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " is not a public record", e);
    }
  }

  /**
   * Checks declared bounds, in a record's constructor.
   *
   * @param values of all components, in order
   * @throws UserMistake with a line for each that is out of bounds
   */
  public static void check(Class<? extends Record> type, Object... values) {
    List<Declaration> declarations = Declaration.of(type);
    if (values.length != declarations.size()) {
      throw new IllegalStateException(type + " must check each of its components, in order");
    }
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      Declaration each = declarations.get(i);
      Object value = values[i];
      each.refusal(value)
          .ifPresent(
              expected ->
                  lines.add(
                      place(type, each)
                          + ": "
                          + each.found(value)
                          + " (must be "
                          + expected
                          + ")"));
    }
    if (!lines.isEmpty()) {
      throw new UserMistake(lines);
    }
  }

  private static String place(Class<?> type, Declaration setting) {
    String block = Declaration.block(type).value();
    return (block.isEmpty() ? "" : block + ".") + setting.name();
  }
}
