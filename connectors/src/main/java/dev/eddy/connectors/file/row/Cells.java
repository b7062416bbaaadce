package dev.eddy.connectors.file.row;

import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.serde.json.Utf8;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads cells as numbers, categories and labels. Errors name the column. */
final class Cells {
  private final Set<String> missing;
  private final char decimal;
  private final Map<String, String> labels;

  Cells(ReplaySettings settings) {
    missing = Set.copyOf(settings.missing());
    decimal = settings.decimal();
    labels = settings.labels();
  }

  boolean isMissing(String cell) {
    return missing.contains(cell);
  }

  /** A number; NaN where missing. */
  float number(String cell, String column) {
    if (isMissing(cell)) {
      return Float.NaN;
    }
    String text = decimal == '.' ? cell : cell.replace(decimal, '.');
    try {
      // The last sign excludes Java's own spellings, such as 1f and NaN.
      char last = text.charAt(text.length() - 1);
      float value =
          (last >= '0' && last <= '9') || last == '.' ? Float.parseFloat(text) : Float.NaN;
      if (Float.isFinite(value)) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw notANumber(cell, column, e);
    }
    throw notANumber(cell, column, null);
  }

  private static RowException notANumber(
      String cell, String column, @Nullable NumberFormatException cause) {
    return new RowException(
        column + ": " + cell + " (must be a finite number, or a value that means missing)", cause);
  }

  /** A category; null where missing. */
  @Nullable String text(String cell, String column) {
    return isMissing(cell) ? null : requireText(cell, column);
  }

  /** Refuses what no record could carry: bytes of a file that were not UTF-8. */
  static String requireText(String cell, String place) {
    if (!Utf8.canCarry(cell)) {
      throw new RowException(place + ": '" + cell + "' (must be text in UTF-8)");
    }
    return cell;
  }

  /** A label under its new name; null where missing. */
  @Nullable String label(String cell, String column) {
    if (isMissing(cell)) {
      return null;
    }
    if (labels.isEmpty()) {
      return requireText(cell, column);
    }
    String label = labels.get(cell);
    if (label == null) {
      throw new RowException(
          column + ": " + cell + " (must be one of replay.labels, " + labels.keySet() + ")");
    }
    return label;
  }
}
