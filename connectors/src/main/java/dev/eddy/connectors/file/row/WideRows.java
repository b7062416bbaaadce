package dev.eddy.connectors.file.row;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.file.settings.WideSettings;
import dev.eddy.settings.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Layout wide: a column is one key, or one of every key that the rows name, and a row holds one
 * observation of each.
 */
final class WideRows implements RowMapper {
  private final Columns columns;
  private final Cells cells;
  private final TimeColumns time;
  private final Fields fields;
  private final @Nullable RowKeys rowKeys;
  private final int[] keys;
  private final String[] names;

  /**
   * A mapper of one file.
   *
   * @param rowKeys where a row has a key itself; null: the columns' names are the keys
   */
  WideRows(
      ReplaySettings settings,
      WideSettings wide,
      ObservationSchema schema,
      Columns columns,
      @Nullable RowKeys rowKeys) {
    this.columns = columns;
    this.rowKeys = rowKeys;
    requireOneOf(schema.numeric(), "replay.wide.value", wide.value());
    wide.variable()
        .ifPresent(name -> requireOneOf(schema.categorical(), "replay.wide.variable", name));
    cells = new Cells(settings);
    time = new TimeColumns(settings, columns);
    fields = new Fields(schema, columns, cells, Optional.of(wide));
    keys = keys(wide);
    names = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      String name = columns.name(keys[i]);
      names[i] = settings.rename().getOrDefault(name, name);
    }
    Require.that(keys.length > 0, "replay.wide.keys", "none", "a column that nothing else reads");
  }

  private static void requireOneOf(List<String> features, String setting, String name) {
    Require.that(features.contains(name), setting, name, "one of " + features);
  }

  private int[] keys(WideSettings wide) {
    if (!wide.keys().isEmpty()) {
      return columns.indicesOf(wide.keys(), "replay.wide.keys");
    }
    Set<Integer> taken = new HashSet<>();
    Arrays.stream(time.indices()).forEach(taken::add);
    Arrays.stream(columns.indicesOf(wide.keep(), "replay.wide.keep")).forEach(taken::add);
    return IntStream.range(0, columns.size())
        .filter(index -> !taken.contains(index) && !fields.reads(index))
        .filter(index -> rowKeys == null || !rowKeys.reads(index))
        .toArray();
  }

  @Override
  public List<Observation> map(List<String> row, long number) {
    String rowKey = rowKeys == null ? "" : rowKeys.read(row);
    long count = rowKeys == null || time.indices().length > 0 ? number : rowKeys.countRow(rowKey);
    long millis = time.read(row, count, rowKey);
    if (!time.inPeriod(millis)) {
      return List.of();
    }
    List<Observation> observations = new ArrayList<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      double value = cells.number(row.get(keys[i]), names[i]);
      if (!Double.isNaN(value)) {
        String key = rowKeys == null ? names[i] : rowKey + "/" + names[i];
        observations.add(fields.read(key, millis, row, value, names[i]));
      }
    }
    return observations;
  }

  @Override
  public long secondPasses() {
    return time.secondPasses();
  }
}
