package dev.eddy.pipeline.evaluation.report;

import dev.eddy.pipeline.evaluation.DriftSettings;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells that a series has risen by more than chance, and since when (Page 1954, Hinkley 1971; for
 * prequential errors Gama, Sebastião and Rodrigues 2013). What lies above the mean of all so far,
 * in standard deviations and less what is tolerated, is summed; when the sum has come further above
 * its minimum than the threshold, the series has risen. It did where, of all places since the
 * minimum, a rise is most likely to have begun.
 *
 * <p>One value alone counts no more than {@value #MOST} deviations, so that a single bad window is
 * no drift; and a deviation is at least {@value #LEAST_DEVIATION}, so that a series that hardly
 * moves does not drift by a hair.
 */
final class PageHinkley {
  private static final double MOST = 4;
  private static final double LEAST_DEVIATION = 0.05;
  private static final int LONGEST = 1000; // values since the minimum that are kept

  private final DriftSettings settings;
  private long count;
  private double mean;
  private double squares; // about the mean
  private double sum;
  private double least; // that the sum had
  private final List<Value> since = new ArrayList<>(); // the minimum
  private int began; // the rise, among those

  /** One of the series. */
  private record Value(long window, double value) {}

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
      follow(new Value(window, value), sum + above - settings.tolerance());
    }
    count++;
    double from = value - mean;
    mean += from / count;
    squares += from * (value - mean);
    boolean risen = statistic() > settings.threshold();
    if (risen) {
      began = likeliest();
    }
    return risen;
  }

  private void follow(Value value, double next) {
    sum = next;
    if (sum <= least) {
      least = sum;
      since.clear();
      return;
    }
    if (since.size() == LONGEST) {
      since.remove(0);
    }
    since.add(value);
  }

  /** Where what follows is furthest above what was before the minimum, for its length. */
  private int likeliest() {
    double before = meanWithout(0);
    int found = since.size() - 1;
    double total = 0;
    double most = 0;
    for (int from = since.size() - 1; from >= 0; from--) {
      total += since.get(from).value() - before;
      double likelihood = total > 0 ? total * total / (since.size() - from) : 0;
      if (likelihood > most) {
        most = likelihood;
        found = from;
      }
    }
    return found;
  }

  /** Mean of all but those from a place since the minimum on. */
  private double meanWithout(int from) {
    double total = mean * count;
    for (Value each : since.subList(from, since.size())) {
      total -= each.value();
    }
    return total / (count - (since.size() - from));
  }

  /** How far the sum is above its minimum, in deviations. */
  double statistic() {
    return sum - least;
  }

  /** Start of the first window of the rise. */
  long since() {
    return since.get(began).window();
  }

  /** Mean of the rise. */
  double meanSince() {
    return since.subList(began, since.size()).stream()
        .mapToDouble(Value::value)
        .average()
        .orElseThrow();
  }

  /** Mean before it. */
  double meanBefore() {
    return meanWithout(began);
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
    out.writeInt(since.size());
    for (Value each : since) {
      out.writeLong(each.window());
      out.writeDouble(each.value());
    }
  }

  void read(DataInput in) throws IOException {
    count = in.readLong();
    mean = in.readDouble();
    squares = in.readDouble();
    sum = in.readDouble();
    least = in.readDouble();
    int kept = in.readInt();
    for (int i = 0; i < kept; i++) {
      since.add(new Value(in.readLong(), in.readDouble()));
    }
  }
}
