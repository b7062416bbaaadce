package dev.eddy.connectors.file.row;

import dev.eddy.connectors.file.settings.KeySettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the series key of one file's rows. */
final class RowKeys {
  private static final int NO_COLUMN = -1;

  private final Columns columns;
  private final Cells cells;
  private final int index;
  private final @Nullable String constant;
  private final Map<String, Long> rows = new HashMap<>(); // of each key so far

  /**
   * Finds the key's column.
   *
   * @param constant the key of all rows; null where it comes from a column
   */
  RowKeys(KeySettings settings, Columns columns, Cells cells, @Nullable String constant) {
    this.columns = columns;
    this.cells = cells;
    this.constant = constant == null ? null : Cells.requireText(constant, "replay.key");
    index = settings.column().map(name -> columns.indexOf(name, "replay.key")).orElse(NO_COLUMN);
  }

  /** Whether a column holds keys. */
  boolean reads(int column) {
    return column == index;
  }

  String read(List<String> row) {
    if (constant != null) {
      return constant;
    }
    String key = row.get(index);
    if (cells.isMissing(key)) {
      throw new RowException(
          "no key", columns.name(index) + ": '" + key + "' (must be the series key)");
    }
    return Cells.requireText(key, columns.name(index));
  }

  /** Counts a row that holds nothing: a row of the one key, or of nobody. */
  void pass() {
    if (constant != null) {
      var unused = countRow(constant);
    }
  }

  /** How many rows of this key came before, for files without times. */
  long countRow(String key) {
    return rows.merge(key, 1L, Long::sum) - 1;
  }
}
