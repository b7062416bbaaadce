package dev.eddy.model.inference;

import java.util.Arrays;

/**
 * Rounds forecasts to the decimal place that still means something, so that records hold no digits
 * of chance: the first at or below a hundred-thousandth of the key's residual unit. A network's
 * outputs are floats and say no more; a forecast of 1.09e9 ± 10 keeps five decimals and one of 5 ±
 * 1e-6 eleven.
 *
 * <p>Rounding keeps the order of the quantiles, and what is rounded is written as short as the
 * place demands. Allocates nothing.
 */
final class DecimalPlaces {
  private static final int LEAST = -45; // of a unit's powers of ten
  private static final int GREATEST = 45;
  private static final int BELOW_UNIT = 5;
  private static final double EXACT = 0x1p53; // from here on a double has no fraction

  private static final double[] POWERS = new double[GREATEST - LEAST + BELOW_UNIT + 1]; // from 1

  private static final double[] UNITS = new double[GREATEST - LEAST + 1]; // from 10^LEAST

  static {
    Arrays.setAll(POWERS, power -> Double.parseDouble("1e" + power));
    Arrays.setAll(UNITS, power -> Double.parseDouble("1e" + (power + LEAST)));
  }

  private DecimalPlaces() {}

  /**
   * Rounds {@code values[from .. to)}; what has no digits there, or is not finite, stays.
   *
   * @param unit above 0
   */
  static void round(double[] values, int from, int to, double unit) {
    int place = place(unit);
    double power = POWERS[Math.abs(place)];
    for (int at = from; at < to; at++) {
      values[at] = place < 0 ? toFraction(values[at], power) : toWhole(values[at], power);
    }
  }

  /** The power of ten that a unit's forecasts are rounded to. */
  private static int place(double unit) {
    int found = Arrays.binarySearch(UNITS, unit);
    int below = found >= 0 ? found : Math.max(0, -found - 2);
    return below + LEAST - BELOW_UNIT;
  }

  private static double toFraction(double value, double power) {
    double scaled = value * power;
    return Math.abs(scaled) < EXACT ? Math.rint(scaled) / power + 0.0 : value; // + 0.0: no -0.0
  }

  private static double toWhole(double value, double power) {
    double scaled = value / power;
    return Math.abs(scaled) < EXACT ? Math.rint(scaled) * power + 0.0 : value;
  }
}
