package dev.eddy.model.spec;

/**
 * Raw values of features that are known ahead of time, in the order in which they were given: each
 * stays known until a later one takes its place. The arrays are of one length and are not copied;
 * whoever holds a {@code RawFuture} must not change them.
 *
 * @param when [size] what each is the value at: with an interval an event time in epoch
 *     milliseconds, else how many observations ahead, 1 the next one
 * @param features [size] place of each one's feature among the numeric ones
 * @param values [size] NaN takes back what was known
 */
public record RawFuture(long[] when, int[] features, double[] values) {
  /** Nothing is known. */
  public static final RawFuture NONE = new RawFuture(new long[0], new int[0], new double[0]);

  /** How many values there are. */
  public int size() {
    return values.length;
  }
}
