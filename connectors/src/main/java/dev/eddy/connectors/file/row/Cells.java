package dev.eddy.connectors.file.row;

import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.serde.bytes.Utf8;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads cells as numbers, categories and labels. Errors name the column. */
final class Cells {
  private final Set<String> missing;
  private final double[] missingNumbers;
  private final char decimal;
  private final @Nullable String thousands;
  private final Map<String, String> labels;

  Cells(ReplaySettings settings) {
    missing = Set.copyOf(settings.missing());
    decimal = settings.decimal();
    thousands = settings.thousands().map(String::valueOf).orElse(null);
    missingNumbers = numbers(settings.missing());
    labels = settings.labels();
  }

  /** Those words for missing that are numbers: -200 is meant by -200.0 and -200,0, too. */
  private static double[] numbers(List<String> words) {
    List<String> found =
        words.stream().filter(word -> word.matches("[+-]?\\d+([.,]\\d+)?")).toList();
    double[] numbers = new double[found.size()];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = Double.parseDouble(found.get(i).replace(',', '.'));
    }
    return numbers;
  }

  boolean isMissing(String cell) {
    return missing.contains(cell);
  }

  /** A number; NaN where missing. */
  double number(String cell, String column) {
    if (isMissing(cell)) {
      return Double.NaN;
    }
    String text = plain(cell);
    try {
      // The last sign excludes Java's own spellings, such as 1f and NaN.
      char last = text.isEmpty() ? ' ' : text.charAt(text.length() - 1);
      double value =
          (last >= '0' && last <= '9') || last == '.' ? Double.parseDouble(text) : Double.NaN;
      if (Float.isFinite((float) value)) { // as in records
        return known(value);
      }
    } catch (NumberFormatException e) {
      throw notANumber(cell, column, e);
    }
    throw notANumber(cell, column, null);
  }

  private String plain(String cell) {
    String whole = thousands == null ? cell : cell.replace(thousands, "");
    return decimal == '.' ? whole : whole.replace(decimal, '.');
  }

  private double known(double value) {
    for (double missing : missingNumbers) {
      if (value == missing) {
        return Double.NaN;
      }
    }
    return value;
  }

  private static RowException notANumber(
      String cell, String column, @Nullable NumberFormatException cause) {
    return new RowException(
        "no number in " + column,
        column + ": " + cell + " (must be a finite number, or a value that means missing)",
        cause);
  }

  /** A category; null where missing. */
  @Nullable String text(String cell, String column) {
    return isMissing(cell) ? null : requireText(cell, column);
  }

  /** Refuses what no record could carry: bytes of a file that were not UTF-8. */
  static String requireText(String cell, String place) {
    if (!Utf8.canCarry(cell)) {
      throw new RowException(
          "no text in " + place, place + ": '" + cell + "' (must be text in UTF-8)");
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
          "unknown label",
          column + ": " + cell + " (must be one of replay.labels, " + labels.keySet() + ")");
    }
    return label;
  }
}
