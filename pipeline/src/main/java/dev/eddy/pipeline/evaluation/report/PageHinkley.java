package dev.eddy.pipeline.evaluation.report;

import dev.eddy.pipeline.evaluation.DriftSettings;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Tells that a series has risen by more than chance, and since when (Page 1954, Hinkley 1971; for
 * prequential errors Gama, Sebastião and Rodrigues 2013). What lies above the mean of all so far,
 * in standard deviations and less what is tolerated, is summed; when the sum has come further above
 * its minimum than the threshold, the series has risen since then.
 *
 * <p>One value alone counts no more than {@value #MOST} deviations, so that a single bad window is
 * no drift; and a deviation is at least {@value #LEAST_DEVIATION}, so that a series that hardly
 * moves does not drift by a hair.
 */
final class PageHinkley {
  private static final double MOST = 4;
  private static final double LEAST_DEVIATION = 0.05;

  private final DriftSettings settings;
  private long count;
  private double mean;
  private double squares; // about the mean
  private double sum;
  private double least; // that the sum had
  private long since; // the first window after it
  private long countSince;
  private double totalSince;

  PageHinkley(DriftSettings settings) {
    this.settings = settings;
  }

  /**
   * Takes in the next value.
   *
   * @return whether the series has risen
   */
  boolean add(long window, double value) {
    if (count >= settings.windows()) {
      double deviation = Math.max(LEAST_DEVIATION, StrictMath.sqrt(squares / (count - 1)));
      double above = Math.max(-MOST, Math.min(MOST, (value - mean) / deviation));
      follow(window, value, sum + above - settings.tolerance());
    }
    count++;
    double from = value - mean;
    mean += from / count;
    squares += from * (value - mean);
    return statistic() > settings.threshold();
  }

  private void follow(long window, double value, double next) {
    sum = next;
    if (sum <= least) {
      least = sum;
      countSince = 0;
      totalSince = 0;
      return;
    }
    if (countSince == 0) {
      since = window;
    }
    countSince++;
    totalSince += value;
  }

  /** How far the sum is above its minimum, in deviations. */
  double statistic() {
    return sum - least;
  }

  /** Start of the first window of the rise. */
  long since() {
    return since;
  }

  /** Mean of the rise. */
  double meanSince() {
    return totalSince / countSince;
  }

  /** Mean before it. */
  double meanBefore() {
    return (mean * count - totalSince) / (count - countSince);
  }

  /** Windows so far. */
  long count() {
    return count;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(count);
    out.writeDouble(mean);
    out.writeDouble(squares);
    out.writeDouble(sum);
    out.writeDouble(least);
    out.writeLong(since);
    out.writeLong(countSince);
    out.writeDouble(totalSince);
  }

  void read(DataInput in) throws IOException {
    count = in.readLong();
    mean = in.readDouble();
    squares = in.readDouble();
    sum = in.readDouble();
    least = in.readDouble();
    since = in.readLong();
    countSince = in.readLong();
    totalSince = in.readDouble();
  }
}
