package dev.eddy.model.fit;

/**
 * How many observations the global mean of a feature is worth against a key's own running mean: few
 * where keys lie at different levels, many where every key roams the same range and its first
 * observations so say nothing of the rest. The empirical Bayes estimate (Morris 1983) by what it is
 * for: the number with which the mean of a key's first n values, shrunk towards the global mean,
 * best tells of the mean of the key's other values, over n of 1, 2, 4, … up to half of the key.
 *
 * <p>Feed it key by key. The global mean need not be known before: for each candidate the squared
 * error is kept as a polynomial in it.
 */
final class OwnPriorFit {
  private static final int LEAST_KEYS = 8; // with fewer there is no telling how keys differ
  private static final double[] CANDIDATES = {0, 1, 4, 16, 64, 256, 1024};

  private final double[][] terms = new double[CANDIDATES.length][3]; // of 1, mean, mean squared
  private final double[] sums = new double[Integer.SIZE]; // [n = 1, 2, 4, …] of the key's first n
  private double shift = Double.NaN; // the first value of all, against cancellation
  private long keys;
  private long count; // of the present key
  private double sum;

  /** Takes in the present key's next value. */
  void add(double value) {
    if (Double.isNaN(shift)) {
      shift = value;
    }
    sum += value - shift;
    count++;
    if (Long.bitCount(count) == 1) {
      sums[Long.numberOfTrailingZeros(count)] = sum;
    }
  }

  /** Ends the present key. */
  void endKey() {
    for (int power = 0; 2L << power <= count; power++) {
      long first = 1L << power;
      double rest = (sum - sums[power]) / (count - first);
      addError(first, sums[power] / first, rest);
    }
    keys += count > 1 ? 1 : 0;
    count = 0;
    sum = 0;
  }

  private void addError(long first, double mean, double rest) {
    for (int i = 0; i < CANDIDATES.length; i++) {
      double own = first / (first + CANDIDATES[i]);
      double error = own * mean - rest;
      terms[i][0] += error * error;
      terms[i][1] += 2 * error * (1 - own);
      terms[i][2] += (1 - own) * (1 - own);
    }
  }

  /** The best number; 0 where there are too few keys to tell. */
  int best(double globalMean) {
    if (keys < LEAST_KEYS) {
      return 0;
    }
    double mean = globalMean - shift;
    int best = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < CANDIDATES.length; i++) {
      double error = terms[i][0] + mean * (terms[i][1] + mean * terms[i][2]);
      if (error < least) {
        least = error;
        best = i;
      }
    }
    return (int) CANDIDATES[best];
  }
}
