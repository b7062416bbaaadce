package dev.eddy.model.inference;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import java.util.List;

/**
 * Says where everything that online calibration remembers of a key lies in the two flat arrays of
 * its {@link CalibrationState}, and which forecasts of a horizon it follows.
 *
 * <pre>
 * clocks  [0] observations of the key
 *         then for each column a ring: [0] number of its oldest pending forecast [1] of its next one
 *                          [2 ..] clock of the origin of each pending forecast
 * values  [c * pairs + p]  miscoverage level of pair p of column c
 *         then for each column's ring, for each pending forecast: lower and upper bound of each pair
 * </pre>
 *
 * A column follows at most {@value #IN_FLIGHT} forecasts at once, made evenly many periods apart,
 * and so costs a key the same however far its horizon is. Two reasons speak for so few. Forecasts
 * of a far horizon that overlap are right or wrong together; were all of them followed, a single
 * surprise at horizon 24 would move the level by 24 steps before a forecast made under the new
 * level could answer, and the interval would swing. And the state travels with every step of the
 * key. The distance has no divisor in common with the target's shortest season, so that every phase
 * of it is followed in turn.
 */
final class CalibrationLayout {
  /** Pending forecasts of a column, at most. */
  static final int IN_FLIGHT = 4;

  /** Pending intervals of a key, at most, where that leaves each column one forecast. */
  private static final int INTERVALS = 512;

  private static final int RING_HEADER = 2;

  private final int pairs;
  private final int[] capacities; // [columns]
  private final int[] distances; // [columns] periods between followed forecasts
  private final int[] clocksAt; // [columns]
  private final int[] valuesAt; // [columns]
  private final int clocksSize;
  private final int valuesSize;

  CalibrationLayout(Head.Forecast head, InputEncoding encoding) {
    int columns = head.columns();
    int horizons = head.horizons().size();
    this.pairs = head.pairs();
    int most = Math.max(1, Math.min(IN_FLIGHT, INTERVALS / Math.max(1, columns * pairs)));
    this.capacities = new int[columns];
    this.distances = new int[columns];
    this.clocksAt = new int[columns];
    this.valuesAt = new int[columns];
    int clock = 1;
    int value = columns * pairs;
    for (int column = 0; column < columns; column++) {
      int horizon = head.horizons().get(column % horizons);
      List<Integer> seasons = encoding.targets().get(column / horizons).seasons();
      distances[column] = distance(horizon, most, seasons);
      capacities[column] = ratioUp(horizon, distances[column]);
      clocksAt[column] = clock;
      valuesAt[column] = value;
      clock += RING_HEADER + capacities[column];
      value += capacities[column] * 2 * pairs;
    }
    this.clocksSize = clock;
    this.valuesSize = value;
  }

  /** The least that puts at most {@code most} in flight and meets every phase of the season. */
  private static int distance(int horizon, int most, List<Integer> seasons) {
    int season = seasons.isEmpty() ? 1 : seasons.get(0);
    int distance = ratioUp(horizon, most);
    while (greatestCommonDivisor(distance, season) > 1) {
      distance++;
    }
    return distance;
  }

  private static int ratioUp(int a, int b) {
    return (a + b - 1) / b;
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }

  int pairs() {
    return pairs;
  }

  /** Periods from one followed forecast of a column to the next. */
  int distance(int column) {
    return distances[column];
  }

  /** Pending forecasts that a column has room for. */
  int capacity(int column) {
    return capacities[column];
  }

  int clocksSize() {
    return clocksSize;
  }

  int valuesSize() {
    return valuesSize;
  }

  /** Offset in clocks of the number of a column's oldest pending forecast. */
  int oldest(int column) {
    return clocksAt[column];
  }

  /** Offset in clocks of the number of a column's next forecast. */
  int next(int column) {
    return clocksAt[column] + 1;
  }

  /** Offset in clocks of the origin of a column's forecast with this number. */
  int clock(int column, long number) {
    return clocksAt[column] + RING_HEADER + (int) (number % capacity(column));
  }

  /** Offset in values of the bounds of a column's forecast with this number. */
  int bounds(int column, long number) {
    return valuesAt[column] + (int) (number % capacity(column)) * 2 * pairs;
  }
}
