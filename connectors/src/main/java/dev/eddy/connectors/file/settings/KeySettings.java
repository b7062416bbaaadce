package dev.eddy.connectors.file.settings;

import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Where a row's series key comes from: exactly one of these. */
@Block(value = "replay.key", inShort = "column")
public record KeySettings(
    @Setting(about = "a column's name as in the file", byDefault = "none") Optional<String> column,
    @Setting(
            about =
                "a regular expression found in the file's name; its first group, or all of the"
                    + " match, is the key: `[^.]+` is the name without extension",
            byDefault = "none")
        Optional<String> file,
    @Setting(about = "the key of all rows", byDefault = "none") Optional<String> constant) {
  public KeySettings {
    long given = column.stream().count() + file.stream().count() + constant.stream().count();
    Require.that(given == 1, "replay.key", given + " sources", "one of column, file, constant");
    file.ifPresent(KeySettings::requireExpression);
  }

  private static void requireExpression(String expression) {
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      Require.that(
          false, "replay.key.file", expression, "a regular expression: " + e.getDescription());
    }
  }

  /** The key from a column. */
  public static KeySettings of(String column) {
    return of("column", column);
  }

  /** The key from the file's name. */
  public static KeySettings ofFileName(String expression) {
    return of("file", expression);
  }

  /** One key for all rows. */
  public static KeySettings ofConstant(String key) {
    return of("constant", key);
  }

  private static KeySettings of(String source, String value) {
    return Settings.of(KeySettings.class, Map.of(source, Optional.of(value)));
  }
}
