package dev.eddy.model.fit;

import dev.eddy.model.spec.Calibration;
import dev.eddy.model.spec.Head;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Samples how far outside a model's intervals, a pair of quantiles of a column each, actuals lay,
 * in residual units, below 0 where they lay inside: the scores of a {@link Calibration}.
 */
final class IntervalMisses {
  /** Every fiftieth, and the tails. */
  static final List<Double> LEVELS =
      DoubleStream.concat(
              DoubleStream.concat(
                  DoubleStream.of(0.001, 0.0025, 0.005, 0.01),
                  IntStream.range(1, 50).mapToDouble(step -> step / 50.0)),
              DoubleStream.of(0.99, 0.995, 0.9975, 0.999))
          .boxed()
          .toList();

  private static final int SAMPLE = 20_000; // misses kept of an interval
  private static final int SAMPLES = 10_000_000; // misses kept of all, 40 MB
  private static final int ENOUGH = 30; // of a column, for its tenths to mean something

  private final int pairs;
  private final int sample;
  private final int quantiles;
  private final int median;
  private final Reservoir[] samples; // [columns * pairs]
  private final long[] counts; // [columns]

  IntervalMisses(Head.Forecast head, long seed) {
    this.pairs = head.pairs();
    this.quantiles = head.quantiles().size();
    this.median = head.quantiles().indexOf(0.5);
    this.samples = new Reservoir[head.columns() * pairs];
    this.sample = Math.max(ENOUGH, Math.min(SAMPLE, SAMPLES / Math.max(1, samples.length)));
    this.counts = new long[head.columns()];
    Arrays.setAll(samples, interval -> new Reservoir(sample, seed));
  }

  /**
   * Adds the intervals of one column of a prediction.
   *
   * @param prediction [columns, quantiles]
   * @param unit the key's residual unit of the column's target
   */
  void add(int column, double[] prediction, double actual, double unit) {
    counts[column]++;
    int center = column * quantiles + median;
    for (int pair = 0; pair < pairs; pair++) {
      double below = prediction[center - 1 - pair] - actual;
      double above = actual - prediction[center + 1 + pair];
      samples[column * pairs + pair].add((float) (Math.max(below, above) / unit));
    }
  }

  /** Whether a column has enough to tell how it misses. */
  boolean isEnough(int column) {
    return counts[column] >= ENOUGH;
  }

  /**
   * A column's quantiles at {@link #LEVELS}, [pairs * levels]. The k-th smallest of n stands at
   * level k / (n + 1): so a new miss exceeds it as often as it should.
   */
  List<Float> quantiles(int column) {
    List<Float> all = new ArrayList<>();
    double size = Math.min(counts[column], sample);
    for (int interval = column * pairs; interval < (column + 1) * pairs; interval++) {
      double[] places =
          LEVELS.stream()
              .mapToDouble(level -> (level * (size + 1) - 1) / Math.max(1, size - 1))
              .map(place -> Math.max(0, Math.min(1, place)))
              .toArray();
      for (double miss : samples[interval].quantiles(places)) {
        all.add((float) miss);
      }
    }
    return all;
  }
}
