package dev.eddy.model.fit;

import org.apache.commons.math3.transform.DftNormalization;
import org.apache.commons.math3.transform.FastFourierTransformer;
import org.apache.commons.math3.transform.TransformType;

/**
 * Tells how like a series is to itself some steps ago: the mean product of the values that lie so
 * far apart, over the mean square. Unobserved values are left out of both, so neither a gap nor the
 * series' end weakens what is left. By Fourier transforms: all lags at the cost of few.
 *
 * @param correlations [lags] 0 where no two values are so far apart, or where all are zero
 * @param pairs [lags] of how many observed pairs each is the mean
 */
record Autocorrelation(double[] correlations, double[] pairs) {

  /**
   * The correlations.
   *
   * @param values around zero, NaN where unobserved
   */
  static Autocorrelation of(double[] values, int longest) {
    double[] known = new double[values.length];
    double[] isKnown = new double[values.length];
    boolean gaps = false;
    for (int i = 0; i < values.length; i++) {
      boolean observed = !Double.isNaN(values[i]);
      known[i] = observed ? values[i] : 0;
      isKnown[i] = observed ? 1 : 0;
      gaps |= !observed;
    }
    double[] products = products(known, longest);
    double[] pairs = gaps ? products(isKnown, longest) : null;
    double[] correlations = new double[longest + 1];
    double[] counts = new double[longest + 1];
    double square = products[0] / (pairs == null ? values.length : pairs[0]);
    for (int lag = 0; lag <= longest; lag++) {
      counts[lag] = pairs == null ? Math.max(0, values.length - lag) : Math.rint(pairs[lag]);
      boolean any = counts[lag] > 0 && square > 0;
      correlations[lag] = any ? products[lag] / counts[lag] / square : 0;
    }
    return new Autocorrelation(correlations, counts);
  }

  /** Sums of the products of values that lie [lag] apart. */
  private static double[] products(double[] values, int longest) {
    int size = Integer.highestOneBit(Math.max(1, values.length + longest)) * 2;
    double[][] spectrum = new double[2][size]; // real, imaginary
    System.arraycopy(values, 0, spectrum[0], 0, values.length);
    transform(spectrum, TransformType.FORWARD);
    for (int i = 0; i < size; i++) {
      spectrum[0][i] = spectrum[0][i] * spectrum[0][i] + spectrum[1][i] * spectrum[1][i];
      spectrum[1][i] = 0;
    }
    transform(spectrum, TransformType.INVERSE);
    return spectrum[0];
  }

  private static void transform(double[][] spectrum, TransformType type) {
    FastFourierTransformer.transformInPlace(spectrum, DftNormalization.STANDARD, type);
  }
}
