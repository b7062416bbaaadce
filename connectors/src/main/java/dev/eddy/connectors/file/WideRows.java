package dev.eddy.connectors.file;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Layout wide: a column is one key, and a row holds one observation of each. */
final class WideRows implements RowMapper {
  private final Columns columns;
  private final Cells cells;
  private final TimeColumns time;
  private final Fields fields;
  private final int[] keys;
  private final String[] names;

  WideRows(ReplaySettings settings, WideSettings wide, ObservationSchema schema, Columns columns) {
    this.columns = columns;
    if (!schema.numeric().contains(wide.value())) {
      throw new IllegalArgumentException(
          "replay.wide.value: " + wide.value() + " (must be one of " + schema.numeric() + ")");
    }
    cells = new Cells(settings);
    time = new TimeColumns(settings, columns);
    fields = new Fields(schema, columns, cells, wide.value());
    keys = keys(wide);
    names = new String[keys.length];
    for (int i = 0; i < keys.length; i++) {
      String name = columns.name(keys[i]);
      names[i] = settings.rename().getOrDefault(name, name);
    }
    if (keys.length == 0) {
      throw new IllegalArgumentException("replay.wide.keys: none (there must be a column left)");
    }
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
        .toArray();
  }

  @Override
  public List<Observation> map(List<String> row, long number) {
    long millis = time.read(row, number);
    if (!time.inPeriod(millis)) {
      return List.of();
    }
    List<Observation> observations = new ArrayList<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      float value = cells.number(row.get(keys[i]), names[i]);
      if (!Float.isNaN(value)) {
        observations.add(fields.read(names[i], millis, row, value));
      }
    }
    return observations;
  }
}
