package dev.eddy.pipeline.cli.init.table;

import dev.eddy.connectors.file.FarValues;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Points out a lone value that repeats far off all others of a column. */
public final class Outliers {
  private Outliers() {}

  /** A line for a user; empty if there is none. */
  public static Optional<String> line(Column column) {
    FarValues values = new FarValues();
    Map<Double, String> spelt = new HashMap<>();
    for (Map.Entry<String, Integer> each : column.values().entrySet()) {
      OptionalDouble value = column.number(each.getKey());
      if (value.isPresent()) {
        values.add(value.getAsDouble(), each.getValue());
        spelt.merge(value.getAsDouble(), each.getKey(), (a, b) -> a.length() <= b.length() ? a : b);
      }
    }
    return values
        .find()
        .map(far -> far.line(column.name(), spelt.getOrDefault(far.value(), "" + far.value())));
  }
}
