package dev.eddy.model.fit;

import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.spec.Head.UnitPrior;

/**
 * Fits what residual unit to expect of a new key from what the keys of the training part turned out
 * to have: one unit for all, or a share of each key's magnitude, whichever varies less between the
 * keys (in the logarithm, because a unit twice too small is as wrong as one twice too large).
 */
final class UnitPriorFit {
  private final Spread constant = new Spread();
  private final Spread perMagnitude = new Spread();

  /**
   * Adds a key as {@link InputEncoder#meanChange} and {@link InputEncoder#meanMagnitude} left it at
   * the end of its training part; a key that never changed tells nothing and is left out.
   */
  void add(double meanChange, double meanMagnitude) {
    if (meanChange > 0 && meanMagnitude > 0) {
      constant.add(StrictMath.log(meanChange));
      perMagnitude.add(StrictMath.log(meanChange / meanMagnitude));
    }
  }

  /** The prior; zero if no key told anything, which leaves the unit to its floors. */
  UnitPrior fit() {
    if (constant.count == 0) {
      return new UnitPrior(0, 0); // of no spread is known either: the magnitude bounds the unit
    }
    return constant.variance() <= perMagnitude.variance()
        ? new UnitPrior(StrictMath.exp(constant.mean), 0, true)
        : new UnitPrior(0, StrictMath.exp(perMagnitude.mean), true);
  }

  /** Mean and variance by Welford (1962). */
  private static final class Spread {
    private int count;
    private double mean;
    private double squares;

    void add(double value) {
      count++;
      double before = value - mean;
      mean += before / count;
      squares += before * (value - mean);
    }

    double variance() {
      return squares / count;
    }
  }
}
