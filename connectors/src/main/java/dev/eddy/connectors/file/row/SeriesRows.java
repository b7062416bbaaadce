package dev.eddy.connectors.file.row;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.WideSettings;
import dev.eddy.settings.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Layout series: a row is one key with all its values, one column after the other, a step apart.
 * Cells that mean missing end a short series where no value follows; elsewhere they are
 * observations with a missing value.
 */
final class SeriesRows implements RowMapper {
  private final Cells cells;
  private final TimeColumns time;
  private final RowKeys keys;
  private final Fields fields;
  private final String value;
  private final int[] values; // columns, in the order of time

  SeriesRows(ReplaySettings settings, ObservationSchema schema, Columns columns, RowKeys keys) {
    this.keys = keys;
    cells = new Cells(settings);
    time = new TimeColumns(settings, columns);
    value = value(schema, columns);
    fields = new Fields(schema, columns, cells, Optional.of(WideSettings.of(value)));
    values =
        IntStream.range(0, columns.size())
            .filter(column -> !keys.reads(column) && !fields.reads(column))
            .toArray();
    Require.that(
        values.length > 0, "replay.layout", "series, no column left", "left one column of values");
  }

  /** The one feature that no column is named after. */
  private static String value(ObservationSchema schema, Columns columns) {
    List<String> candidates =
        schema.numeric().stream()
            .filter(name -> !columns.hasField(name) && !schema.shared().contains(name))
            .toList();
    Require.that(
        candidates.size() == 1,
        "input.features: which are no column",
        candidates,
        "one, which names the values of replay.layout series");
    return candidates.get(0);
  }

  @Override
  public List<Observation> map(List<String> row, long number) {
    String key = keys.read(row);
    List<Observation> observations = new ArrayList<>(values.length);
    int length = length(row);
    for (int place = 0; place < length; place++) {
      long millis = time.read(row, place, key);
      if (time.inPeriod(millis)) {
        observations.add(fields.read(key, millis, row, number(row, place), value));
      }
    }
    return observations;
  }

  /** How many values there are up to the last one that is not missing. */
  private int length(List<String> row) {
    int length = values.length;
    while (length > 0 && Double.isNaN(number(row, length - 1))) {
      length--;
    }
    return length;
  }

  private double number(List<String> row, int place) {
    return cells.number(row.get(values[place]), value);
  }

  @Override
  public long secondPasses() {
    return time.secondPasses();
  }
}
