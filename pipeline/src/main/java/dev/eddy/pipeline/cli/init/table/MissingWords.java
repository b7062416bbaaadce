package dev.eddy.pipeline.cli.init.table;

import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.settings.Declaration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Knows the words that stand for a missing value among numbers. */
public final class MissingWords {
  /** What means missing where nobody says otherwise. */
  public static final List<String> ALWAYS =
      List.of(Declaration.of(ReplaySettings.class, "missing").setting().byDefault());

  private static final Set<String> CELLS = Set.copyOf(ALWAYS);
  private static final Set<String> NO_VALUE =
      Set.of(
          "unavailable",
          "unknown",
          "none",
          "missing",
          "error",
          "invalid",
          "offline",
          "bad",
          "n.a.",
          "n/a",
          "na",
          "-",
          "--",
          "---",
          ".",
          "*",
          "x",
          "#n/a",
          "#value!",
          "#div/0!",
          "inf",
          "-inf",
          "infinity",
          "<na>",
          "undefined",
          "no data",
          "nodata",
          "fail",
          "failed",
          "trace",
          "m");

  private MissingWords() {}

  /** Whether a cell means missing without a setting. */
  public static boolean isMissing(String cell) {
    return cell.isEmpty() || CELLS.contains(cell);
  }

  /** Whether a word means so in files that people bring. */
  static boolean isNoValue(String word) {
    return NO_VALUE.contains(word.toLowerCase(Locale.ROOT));
  }
}
