package dev.eddy.model.inference;

/**
 * Holds what online calibration remembers of one key, as flat arrays so that it can be stored
 * without knowing the model; laid out by {@link CalibrationLayout}. Mutable; owned by whoever steps
 * the key.
 */
public final class CalibrationState {
  private final double[] clocks;
  private final double[] values;

  /**
   * Wraps the arrays without copying them.
   *
   * @param clocks when the pending forecasts were made
   * @param values the miscoverage levels, then the pending forecasts' intervals
   */
  public CalibrationState(double[] clocks, double[] values) {
    this.clocks = clocks;
    this.values = values;
  }

  /** Of a key of a model that calibrates nothing. */
  public static CalibrationState none() {
    return new CalibrationState(new double[0], new double[0]);
  }

  /** When the pending forecasts were made; not a copy. */
  public double[] clocks() {
    return clocks;
  }

  /** The miscoverage levels, then the pending forecasts' intervals; not a copy. */
  public double[] values() {
    return values;
  }

  /** A copy that shares no array with this. */
  CalibrationState copy() {
    return new CalibrationState(clocks.clone(), values.clone());
  }
}
