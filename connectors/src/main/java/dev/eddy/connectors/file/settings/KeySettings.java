package dev.eddy.connectors.file.settings;

import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Where a row's series key comes from: exactly one of these. In short, {@code key: station} is
 * {@code key: {column: station}}.
 *
 * @param column a column's name as in the file
 * @param file a regular expression found in the file's name; its first group, or all of the match,
 *     is the key: {@code [^.]+} is the name without extension
 * @param constant the key of all rows
 */
public record KeySettings(
    Optional<String> column, Optional<String> file, Optional<String> constant) {
  public KeySettings {
    long given = column.stream().count() + file.stream().count() + constant.stream().count();
    if (given != 1) {
      throw new IllegalArgumentException(
          "key: " + given + " sources (must be one of column, file, constant)");
    }
    file.ifPresent(KeySettings::requireExpression);
  }

  private static void requireExpression(String expression) {
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "key.file: " + expression + " (must be a regular expression: " + e.getDescription() + ")",
          e);
    }
  }

  /** The key from a column. */
  public static KeySettings of(String column) {
    return new KeySettings(Optional.of(column), Optional.empty(), Optional.empty());
  }

  /** The key from the file's name. */
  public static KeySettings ofFileName(String expression) {
    return new KeySettings(Optional.empty(), Optional.of(expression), Optional.empty());
  }

  /** One key for all rows. */
  public static KeySettings ofConstant(String key) {
    return new KeySettings(Optional.empty(), Optional.empty(), Optional.of(key));
  }
}
