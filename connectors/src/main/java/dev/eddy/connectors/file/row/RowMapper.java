package dev.eddy.connectors.file.row;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.ReplaySettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes observations of one file's rows. */
public sealed interface RowMapper permits LongRows, WideRows, SeriesRows {
  /**
   * The mapper of a file in the settings' layout.
   *
   * @param key the key of all rows; null where it comes from a column, or from melted ones
   * @throws IllegalArgumentException naming a setting that does not fit the columns or the schema
   */
  static RowMapper of(
      ReplaySettings settings, ObservationSchema schema, Columns columns, @Nullable String key) {
    Cells cells = new Cells(settings);
    RowKeys keys =
        settings.key().map(source -> new RowKeys(source, columns, cells, key)).orElse(null);
    if (settings.wide().isPresent()) {
      return new WideRows(settings, settings.wide().get(), schema, columns, keys);
    }
    RowKeys ofRows = Objects.requireNonNull(keys, "only wide has no key");
    return switch (settings.layout()) {
      case SERIES -> new SeriesRows(settings, schema, columns, ofRows);
      case LONG -> new LongRows(settings, schema, columns, ofRows);
      case WIDE -> throw new IllegalArgumentException("layout: wide (must come with wide)");
    };
  }

  /**
   * The observations of a row: none where the row lies outside the period.
   *
   * @param cells the row's cells, as many as there are columns, trimmed
   * @param row its number in the file, from 0
   * @throws RowException naming the column, the value found and what was expected
   */
  List<Observation> map(List<String> cells, long row);

  /** Hears of a row without anything in it, which counts where times are made up. */
  default void pass() {}

  /** Rows so far whose local time came twice and that are of its second pass. */
  long secondPasses();
}
