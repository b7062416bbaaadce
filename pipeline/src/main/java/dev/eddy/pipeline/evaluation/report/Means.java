package dev.eddy.pipeline.evaluation.report;

/** Brings means of two counts together. */
final class Means {
  private Means() {}

  static double of(double one, long count, double other, long otherCount) {
    long all = count + otherCount;
    return all == 0 ? 0 : (one * count + other * otherCount) / all;
  }
}
