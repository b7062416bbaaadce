package dev.eddy.connectors.file;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Layout long: a row is one observation, a column one feature. */
final class LongRows implements RowMapper {
  private static final int NO_COLUMN = -1;

  private final Columns columns;
  private final Cells cells;
  private final TimeColumns time;
  private final int keyIndex;
  private final @Nullable String fileKey;
  private final Fields fields;
  private final Map<String, Long> rows = new HashMap<>(); // of each key so far

  /**
   * A mapper of one file.
   *
   * @param fileKey the key of all rows; null where it comes from a column
   */
  LongRows(
      ReplaySettings settings,
      ObservationSchema schema,
      Columns columns,
      @Nullable String fileKey) {
    this.columns = columns;
    this.fileKey = fileKey;
    cells = new Cells(settings);
    time = new TimeColumns(settings, columns);
    keyIndex =
        settings
            .key()
            .flatMap(KeySettings::column)
            .map(name -> columns.indexOf(name, "replay.key"))
            .orElse(NO_COLUMN);
    fields = new Fields(schema, columns, cells, Fields.NO_VALUE);
  }

  @Override
  public List<Observation> map(List<String> row, long number) {
    String key = key(row);
    long ofKey = time.indices().length == 0 ? rows.merge(key, 1L, Long::sum) - 1 : number;
    long millis = time.read(row, ofKey);
    return time.inPeriod(millis) ? List.of(fields.read(key, millis, row)) : List.of();
  }

  private String key(List<String> row) {
    if (fileKey != null) {
      return fileKey;
    }
    String key = row.get(keyIndex);
    if (cells.isMissing(key)) {
      throw new RowException(columns.name(keyIndex) + ": '" + key + "' (expected the series key)");
    }
    return key;
  }
}
