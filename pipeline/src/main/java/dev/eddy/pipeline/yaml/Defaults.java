package dev.eddy.pipeline.yaml;

import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * What a setting is worth when it is not given. In this order: the record's constant {@code
 * DEFAULT_NAME}; the component of the record's static {@code defaults(…)} or {@code builder(…)},
 * whose parameters are the settings that must be given; the {@code defaults()} of the setting's own
 * type; nothing for an Optional, a List or a Map.
 */
final class Defaults {
  private static final int MOST_REQUIRED = 2;

  private final Class<?> owner;
  private final Map<String, Object> given;

  /**
   * Defaults of the record {@code owner}.
   *
   * @param given the components that were given, by name
   */
  Defaults(Class<?> owner, Map<String, Object> given) {
    this.owner = owner;
    this.given = given;
  }

  /** Empty when the setting must be given. */
  Optional<Object> of(RecordComponent component) {
    return constant(component)
        .or(() -> ownDefaults(component).map(settings -> read(component, settings)))
        .or(() -> factory(component.getType(), 0).map(method -> make(method, new Object[0])))
        .or(() -> nothing(component.getType()));
  }

  private Optional<Object> constant(RecordComponent component) {
    String name =
        "DEFAULT_"
            + SettingsBinder.kebab(component.getName()).replace('-', '_').toUpperCase(Locale.ROOT);
    return Arrays.stream(owner.getFields())
        .filter(field -> field.getName().equals(name) && Modifier.isStatic(field.getModifiers()))
        .findFirst()
        .map(Defaults::read);
  }

  private Optional<Object> ownDefaults(RecordComponent component) {
    for (int arguments = 0; arguments <= MOST_REQUIRED; arguments++) {
      Optional<Method> factory = factory(owner, arguments);
      if (factory.isPresent()) {
        List<String> names =
            Arrays.stream(factory.get().getParameters()).map(Parameter::getName).toList();
        if (names.contains(component.getName()) || !given.keySet().containsAll(names)) {
          return Optional.empty();
        }
        return Optional.of(make(factory.get(), names.stream().map(given::get).toArray()));
      }
    }
    return Optional.empty();
  }

  /** Whether no other setting, once given, brings a default of {@code component}. */
  boolean mustBeGiven(RecordComponent component) {
    return IntStream.rangeClosed(1, MOST_REQUIRED)
        .mapToObj(arguments -> factory(owner, arguments))
        .flatMap(Optional::stream)
        .allMatch(
            method ->
                Arrays.stream(method.getParameters())
                    .anyMatch(parameter -> parameter.getName().equals(component.getName())));
  }

  private static Optional<Method> factory(Class<?> type, int arguments) {
    if (!type.isRecord()) {
      return Optional.empty();
    }
    return Arrays.stream(type.getMethods())
        .filter(method -> Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getName().equals("defaults") || method.getName().equals("builder"))
        .filter(method -> method.getParameterCount() == arguments)
        .findFirst();
  }

  private static Optional<Object> nothing(Class<?> type) {
    if (type == Optional.class) {
      return Optional.of(Optional.empty());
    }
    if (type == OptionalInt.class) {
      return Optional.of(OptionalInt.empty());
    }
    if (type == List.class) {
      return Optional.of(List.of());
    }
    return type == Map.class ? Optional.of(Map.of()) : Optional.empty();
  }

  private static Object make(Method factory, Object[] arguments) {
    try {
      Object made = factory.invoke(null, arguments);
      return made instanceof Record ? made : made.getClass().getMethod("build").invoke(made);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException refused) {
        throw refused;
      }
      throw new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object read(Field field) {
    try {
      return field.get(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object read(RecordComponent component, Object settings) {
    try {
      return component.getAccessor().invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
