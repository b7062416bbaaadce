package dev.eddy.connectors.event;

/**
 * Values of features told ahead of time, in the order in which they were told: each holds until a
 * later one takes its place. The arrays are of one length, are not copied, and must not be changed.
 *
 * @param when [size] what each is the value at: with an interval an event time in epoch
 *     milliseconds, else how many observations ahead, 1 the next one
 * @param features [size] place of each one's feature among the schema's numeric ones
 * @param values [size] NaN takes back what was told
 */
public record FutureValues(long[] when, int[] features, double[] values) {
  /** Nothing is told. */
  public static final FutureValues NONE = new FutureValues(new long[0], new int[0], new double[0]);

  /** How many values there are. */
  public int size() {
    return values.length;
  }
}
