package dev.eddy.pipeline.cli.init;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * A lone value that repeats far off all others: likely a word for missing, such as -999 or 65535.
 *
 * @param value the value as in the file
 * @param rows how many hold it
 * @param least the least of the others
 * @param most the greatest of the others
 */
record Outliers(String value, int rows, double least, double most) {
  private static final int LEAST_ROWS = 3;
  private static final int LEAST_VALUES = 10;
  private static final double FAR = 3; // times the spread of the others
  private static final List<Double> USUAL =
      List.of(
          -9999.0,
          -999.0,
          -99.0,
          -999.9,
          -9999.9,
          -99.9,
          999.0,
          9999.0,
          99999.0,
          999.9,
          9999.9,
          -200.0,
          65535.0,
          32767.0,
          -32768.0,
          2147483647.0,
          -2147483648.0,
          -6999.0,
          1e20,
          -1e20);

  static Optional<Outliers> of(Column column) {
    TreeMap<Double, Integer> counts = new TreeMap<>();
    Map<Double, String> spelt = new HashMap<>();
    for (Map.Entry<String, Integer> each : column.values().entrySet()) {
      OptionalDouble value = column.number(each.getKey());
      if (value.isPresent()) {
        counts.merge(value.getAsDouble(), each.getValue(), Integer::sum);
        spelt.merge(value.getAsDouble(), each.getKey(), (a, b) -> a.length() <= b.length() ? a : b);
      }
    }
    if (counts.size() < LEAST_VALUES) {
      return Optional.empty();
    }
    for (double end : List.of(counts.firstKey(), counts.lastKey())) {
      Optional<Outliers> found = of(end, counts, spelt);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static Optional<Outliers> of(
      double end, TreeMap<Double, Integer> counts, Map<Double, String> spelt) {
    List<Double> others = new ArrayList<>(counts.keySet());
    others.remove(end);
    double least = others.get(0);
    double most = others.get(others.size() - 1);
    double spread =
        others.get((int) (0.95 * (others.size() - 1))) - others.get((int) (0.05 * others.size()));
    double off = end < least ? least - end : end - most;
    int rows = counts.getOrDefault(end, 0);
    boolean usual = USUAL.contains(end) && off > spread / 2;
    boolean far = rows >= LEAST_ROWS && off > FAR * spread;
    return (usual && rows > 1) || far
        ? Optional.of(new Outliers(spelt.getOrDefault(end, Numerals.of(end)), rows, least, most))
        : Optional.empty();
  }

  /** For a user. */
  String line(String column) {
    return column
        + ": "
        + value
        + " stands in "
        + rows
        + " rows, far off the others ("
        + Numerals.of(least)
        + " to "
        + Numerals.of(most)
        + "): if it means missing, add it to replay.missing";
  }
}
