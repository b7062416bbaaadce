package dev.eddy.model.inference;

/** Tells whether all numbers of a row are finite, and within what a float holds. */
public final class Finite {
  private Finite() {}

  /** Whether {@code values[from .. from + length)} holds neither NaN nor infinity. */
  public static boolean all(float[] values, int from, int length) {
    // 0 * x is 0 for a finite x and NaN for any other; four sums keep the adder busy.
    float first = 0;
    float second = 0;
    float third = 0;
    float fourth = 0;
    int end = from + length;
    int at = from;
    for (; at + 3 < end; at += 4) {
      first += 0 * values[at];
      second += 0 * values[at + 1];
      third += 0 * values[at + 2];
      fourth += 0 * values[at + 3];
    }
    for (; at < end; at++) {
      first += 0 * values[at];
    }
    return !Float.isNaN(first + second + third + fourth);
  }

  /** Whether {@code values[from .. from + length)} are numbers within the range of a float. */
  public static boolean all(double[] values, int from, int length) {
    double sum = 0;
    for (int at = from; at < from + length; at++) {
      sum += 0 * (float) values[at]; // infinite beyond the range
    }
    return !Double.isNaN(sum);
  }
}
