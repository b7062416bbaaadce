package dev.eddy.connectors.file.settings;

import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

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
    @Setting(
            about =
                "the same, found in the file's whole path with `/` between folders, for files of"
                    + " one name in several folders: `[^/]+/[^/.]+(?=[.][^/]*$)` is `north/2` of"
                    + " `data/north/2.csv`",
            byDefault = "none")
        Optional<String> path,
    @Setting(about = "the key of all rows", byDefault = "none") Optional<String> constant) {
  public KeySettings {
    long given = Stream.of(column, file, path, constant).filter(Optional::isPresent).count();
    Require.that(
        given == 1, "replay.key", given + " sources", "one of column, file, path, constant");
    file.ifPresent(expression -> requireExpression("replay.key.file", expression));
    path.ifPresent(expression -> requireExpression("replay.key.path", expression));
  }

  private static void requireExpression(String place, String expression) {
    try {
      Pattern.compile(expression);
    } catch (PatternSyntaxException e) {
      Require.that(false, place, expression, "a regular expression: " + e.getDescription());
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
