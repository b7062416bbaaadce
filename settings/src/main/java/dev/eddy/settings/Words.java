package dev.eddy.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Names as they are written in YAML: kebab case, of enum constants and of record components. */
public final class Words {
  private Words() {}

  /** The word of an enum constant: {@code exactly-once}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The words of an enum, in its order. */
  public static List<String> all(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(each -> of((Enum<?>) each)).toList();
  }

  /**
   * The constant that a word stands for.
   *
   * @param setting where the word was written
   * @throws UserMistake naming the words expected
   */
  public static <E extends Enum<E>> E read(Class<E> type, String setting, String word) {
    int index = all(type).indexOf(word);
    Require.that(index >= 0, setting, word, oneOf(all(type)));
    return type.getEnumConstants()[index];
  }

  /** What must be written, in an error: {@code nested or flat}, {@code one of sru, lstm, gru}. */
  public static String oneOf(Collection<String> words) {
    return words.size() < 3 ? String.join(" or ", words) : "one of " + String.join(", ", words);
  }

  /** {@code maxBatch} as {@code max-batch}. */
  static String kebab(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }
}
