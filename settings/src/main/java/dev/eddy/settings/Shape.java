package dev.eddy.settings;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What may be written for a setting, from the Java type that holds it.
 *
 * @param kind how it is written
 * @param type the Java type
 * @param inner of what is optional, of a list's elements, of a map's values
 */
public record Shape(Kind kind, Class<?> type, @Nullable Shape inner) {
  /** What is written where a setting that may be absent shall be so. */
  private static final List<String> NOTHING = List.of("auto", "none");

  /** How a setting is written. */
  public enum Kind {
    /** A value or nothing. */
    OPTIONAL,
    /** Several values. */
    LIST,
    /** Names with values. */
    MAP,
    /** Settings of their own. */
    BLOCK,
    /** One of several blocks, which {@code by:} names. */
    CHOICE,
    /** A list, a number or a text, which mean different things. */
    FORMS,
    /** One value. */
    SCALAR
  }

  /** The shape of a record component's type. */
  public static Shape of(Type type) {
    if (type instanceof ParameterizedType generic) {
      Class<?> raw = (Class<?>) generic.getRawType();
      Type[] arguments = generic.getActualTypeArguments();
      Kind kind = raw == Optional.class ? Kind.OPTIONAL : raw == Map.class ? Kind.MAP : Kind.LIST;
      return new Shape(kind, raw, of(arguments[arguments.length - 1]));
    }
    Class<?> plain = (Class<?>) type;
    if (plain == OptionalInt.class) {
      return new Shape(Kind.OPTIONAL, plain, of(int.class));
    }
    if (plain.isSealed() && plain.isInterface()) {
      return new Shape(hasForms(plain) ? Kind.FORMS : Kind.CHOICE, plain, null);
    }
    return new Shape(plain.isRecord() ? Kind.BLOCK : Kind.SCALAR, plain, null);
  }

  private static boolean hasForms(Class<?> sealed) {
    return Arrays.stream(sealed.getPermittedSubclasses())
        .allMatch(permitted -> permitted.getRecordComponents().length == 1);
  }

  /** The shape within this one. */
  public Shape element() {
    if (inner == null) {
      throw new IllegalStateException(type + " holds nothing");
    }
    return inner;
  }

  /** Whether {@code text} says that a setting is absent. */
  public static boolean isNothing(String text) {
    return NOTHING.contains(text);
  }

  /** Whether {@code text} says that there shall be none, where others are found unless given. */
  public static boolean isNone(String text) {
    return text.equals("none");
  }

  /** What may be written to say that a setting is absent. */
  public static List<String> nothing() {
    return NOTHING;
  }

  /** An Optional of this type, empty for null. */
  public Object optional(@Nullable Object value) {
    if (type == OptionalInt.class) {
      return value == null ? OptionalInt.empty() : OptionalInt.of((Integer) value);
    }
    return Optional.ofNullable(value);
  }

  /** What an Optional holds, the empty list when nothing; any other value as it is. */
  public static Object content(Object value) {
    if (value instanceof OptionalInt number) {
      return number.isPresent() ? number.getAsInt() : List.of();
    }
    return value instanceof Optional<?> optional && optional.isPresent()
        ? optional.get()
        : value instanceof Optional ? List.of() : value;
  }

  /** The blocks of a choice, by the word that {@code by:} takes. */
  public Map<String, Class<?>> choices() {
    Map<String, Class<?>> choices = new LinkedHashMap<>();
    for (Class<?> permitted : type.getPermittedSubclasses()) {
      choices.put(Words.kebab(permitted.getSimpleName()).replaceFirst("^by-", ""), permitted);
    }
    return choices;
  }

  /** Each form's record and its only setting. */
  public List<RecordComponent> forms() {
    return Arrays.stream(type.getPermittedSubclasses())
        .map(permitted -> permitted.getRecordComponents()[0])
        .toList();
  }
}
