package dev.eddy.settings;

import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One setting as its record declares it.
 *
 * @param name in YAML
 * @param component the record's component that holds it
 * @param setting what is declared of it
 * @param shape what may be written for it
 * @param bounds what its value must keep to
 */
public record Declaration(
    String name, RecordComponent component, Setting setting, Shape shape, Bounds bounds) {
  private static final int MOST_SHOWN = 12; // elements of a list, in a message

  /** The settings of a record, in its order. */
  public static List<Declaration> of(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(Declaration::of).toList();
  }

  /** The setting of a record's component. */
  public static Declaration of(RecordComponent component) {
    Setting setting = component.getAnnotation(Setting.class);
    if (setting == null) {
      throw new IllegalStateException(component + " declares no setting");
    }
    return new Declaration(
        setting.name().isEmpty() ? Words.kebab(component.getName()) : setting.name(),
        component,
        setting,
        Shape.of(component.getGenericType()),
        Bounds.of(setting));
  }

  /** The setting of that name. */
  public static Declaration of(Class<?> type, String name) {
    return of(type).stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException(type + " has no setting " + name));
  }

  /** The block that a record of settings is. */
  public static Block block(Class<?> type) {
    Block block = type.getAnnotation(Block.class);
    if (block == null) {
      throw new IllegalStateException(type + " is no block of settings");
    }
    return block;
  }

  /** Whether it has no default. */
  public boolean mustBeGiven() {
    return setting.byDefault().length == 0;
  }

  /** The value when none is given; empty if one must be. */
  public Optional<Object> standard() {
    return mustBeGiven() ? Optional.empty() : Optional.of(read(shape, setting.byDefault()));
  }

  private static Object read(Shape shape, String... written) {
    return switch (shape.kind()) {
      case OPTIONAL ->
          shape.optional(Shape.isNothing(written[0]) ? null : read(shape.element(), written));
      case LIST ->
          written[0].equals("[]")
              ? List.of()
              : Arrays.stream(written).map(each -> read(shape.element(), each)).toList();
      case MAP -> Map.of();
      case BLOCK -> block(shape.type().asSubclass(Record.class), written);
      default -> Scalars.read(written[0], shape.type(), Path.of(""), ZoneOffset.UTC);
    };
  }

  /** A block at its defaults, but for the setting that is meant in short. */
  private static Record block(Class<? extends Record> type, String... written) {
    String inShort = block(type).inShort();
    return inShort.isEmpty() || written[0].equals("{}")
        ? Settings.of(type, Map.of())
        : Settings.of(type, Map.of(inShort, read(of(type, inShort).shape(), written)));
  }

  /** What was expected instead of {@code value}; empty if it keeps to the bounds. */
  public Optional<String> refusal(Object value) {
    return bounds.hold(value) ? Optional.empty() : Optional.of(bounds.expectation());
  }

  /**
   * Whether a number keeps to the bounds as it is written, before a value is made of it: it may be
   * too large for its type. What is no whole number does.
   */
  public boolean admitsWritten(String number) {
    Shape innermost = shape;
    while (innermost.kind() == Shape.Kind.OPTIONAL || innermost.kind() == Shape.Kind.LIST) {
      innermost = innermost.element();
    }
    return innermost.type() == Duration.class || bounds.holdWritten(number);
  }

  /** A refused value as a message shows it: of a long list the first element that is outside. */
  public String found(Object value) {
    Object content = Shape.content(value);
    if (content instanceof List<?> list && list.size() > MOST_SHOWN) {
      content = bounds.culprit(list);
    }
    if (content instanceof List<?> list && list.size() > MOST_SHOWN) {
      return list.subList(0, MOST_SHOWN) + " and " + (list.size() - MOST_SHOWN) + " more";
    }
    return content instanceof Duration duration
        ? Durations.format(duration)
        : String.valueOf(content);
  }

  /** The value that a record holds. */
  public Object valueIn(Object settings) {
    try {
      return component.getAccessor().invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }
}
