package dev.eddy.pipeline.cli.report;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps values to pixels and chooses round values to label.
 *
 * @param low value at {@code start}
 * @param high value at {@code end}
 * @param start pixel of {@code low}
 * @param end pixel of {@code high}
 */
record Axis(double low, double high, double start, double end) {

  /** An axis over values, a little wider than they are, from {@code start} to {@code end}. */
  static Axis around(double low, double high, double start, double end) {
    double margin = high > low ? (high - low) * 0.05 : 1;
    return new Axis(low - margin, high + margin, start, end);
  }

  double pixel(double value) {
    return start + (value - low) / (high - low) * (end - start);
  }

  /** About {@code count} round values: multiples of 1, 2 or 5 times a power of ten. */
  List<Double> ticks(int count) {
    double raw = (high - low) / count;
    double power = Math.pow(10, Math.floor(Math.log10(raw)));
    double step = power;
    for (double factor : new double[] {1, 2, 5, 10}) {
      step = factor * power;
      if (step >= raw) {
        break;
      }
    }
    List<Double> ticks = new ArrayList<>();
    for (double tick = Math.ceil(low / step) * step; tick <= high; tick += step) {
      ticks.add(Math.abs(tick) < step / 1e6 ? 0.0 : tick);
    }
    return ticks;
  }

  /** A tick without more digits than it needs. */
  static String label(double tick) {
    if (tick == Math.rint(tick) && Math.abs(tick) < 1e9) {
      return Long.toString((long) tick);
    }
    return new BigDecimal(tick).round(new MathContext(3)).stripTrailingZeros().toString();
  }
}
