package dev.eddy.connectors.file;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds a lone value that repeats far off all others of a column: likely a word for missing, such
 * as -999 or 65535. It keeps the two least and the two greatest values, and some distinct ones that
 * tell how far the others spread.
 */
public final class FarValues {
  private static final int LEAST_ROWS = 3;
  private static final int LEAST_VALUES = 10;
  private static final int MOST_VALUES = 20_000;
  private static final int DIGITS = 5;
  private static final double FAR = 3; // times the spread of the others
  private static final List<Double> USUAL =
      List.of(
          -1.0,
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

  private final Map<Double, Long> distinct = new HashMap<>();
  private final End low = new End(-1);
  private final End high = new End(1);

  /**
   * What was found.
   *
   * @param value that repeats
   * @param rows how many hold it
   * @param least the least of the others
   * @param most the greatest of the others
   */
  public record Far(double value, long rows, double least, double most) {
    /**
     * For a user.
     *
     * @param spelt the value as in the file
     */
    public String line(String column, String spelt) {
      return column
          + ": "
          + spelt
          + " stands in "
          + rows
          + " rows, far off the others ("
          + text(least)
          + " to "
          + text(most)
          + "): if it means missing, add it to replay.missing";
    }

    /** For a user, as the value is usually written. */
    public String line(String column) {
      return line(column, text(value));
    }

    private static String text(double value) {
      BigDecimal shown = BigDecimal.valueOf(value);
      return shown.precision() - shown.scale() >= DIGITS
          ? shown.setScale(0, RoundingMode.HALF_UP).toString()
          : shown.round(new MathContext(DIGITS)).stripTrailingZeros().toPlainString();
    }
  }

  /** The outermost value on one side, and the one next to it. */
  private static final class End {
    private final int side; // -1 the least, 1 the greatest
    private double value = Double.NaN;
    private double next = Double.NaN;
    private long rows;

    End(int side) {
      this.side = side;
    }

    void add(double seen, long times) {
      if (seen == value) {
        rows += times;
      } else if (!(side * seen <= side * value)) { // the first, too
        next = value;
        value = seen;
        rows = times;
      } else if (!(side * seen <= side * next)) {
        next = seen;
      }
    }
  }

  /**
   * Takes in a value.
   *
   * @param rows how many hold it; may be added in several calls
   */
  public void add(double value, long rows) {
    if (Double.isFinite(value)) {
      low.add(value, rows);
      high.add(value, rows);
      if (distinct.size() < MOST_VALUES || distinct.containsKey(value)) {
        distinct.merge(value, rows, Long::sum);
      }
    }
  }

  /** A value far off; empty if there is none. */
  public Optional<Far> find() {
    return distinct.size() < LEAST_VALUES
        ? Optional.empty()
        : find(low, high).or(() -> find(high, low));
  }

  private Optional<Far> find(End end, End other) {
    double[] others =
        distinct.keySet().stream()
            .mapToDouble(Double::doubleValue)
            .filter(value -> value != end.value)
            .sorted()
            .toArray();
    double spread =
        others[(int) (0.95 * (others.length - 1))] - others[(int) (0.05 * others.length)];
    double off = Math.abs(end.value - end.next);
    boolean usual = end.rows > 1 && isUsual(end.value) && off > spread / 2;
    boolean far = end.rows >= LEAST_ROWS && off > FAR * spread;
    return usual || far
        ? Optional.of(
            new Far(
                end.value,
                end.rows,
                Math.min(end.next, other.value),
                Math.max(end.next, other.value)))
        : Optional.empty();
  }

  /** Also of a value that was a float on the way. */
  private static boolean isUsual(double value) {
    return USUAL.stream().anyMatch(each -> each.floatValue() == (float) value);
  }
}
