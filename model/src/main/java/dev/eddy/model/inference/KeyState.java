package dev.eddy.model.inference;

/**
 * All that a model remembers of one key between its observations, as flat arrays so that it can be
 * stored without knowing the model. Mutable; owned by whoever steps it.
 */
public final class KeyState {
  private final float[] hidden;
  private double[] statistics;
  private float[] memory;
  private CalibrationState calibration;

  /**
   * Where a runner has staged this state; true only while that runner's list agrees. It spares the
   * runner a hash of every state in every micro-batch.
   */
  int stagedAt;

  /**
   * Wraps the arrays without copying them.
   *
   * @param hidden [stateSize] the network's hidden state, all layers concatenated
   * @param statistics [encoder statistics] running sums of the key's raw inputs
   * @param memory [encoder memory] last values and the target's seasonal rings
   * @param calibration what calibration of the key's intervals remembers
   */
  public KeyState(
      float[] hidden, double[] statistics, float[] memory, CalibrationState calibration) {
    this.hidden = hidden;
    this.statistics = statistics;
    this.memory = memory;
    this.calibration = calibration;
  }

  /** Of a key whose intervals were not calibrated so far. */
  public KeyState(float[] hidden, double[] statistics, float[] memory) {
    this(hidden, statistics, memory, CalibrationState.none());
  }

  /** [stateSize] the network's hidden state, all layers concatenated; not a copy. */
  public float[] hidden() {
    return hidden;
  }

  /** [encoder statistics] running sums of the key's raw inputs; not a copy. */
  public double[] statistics() {
    return statistics;
  }

  /** [encoder memory] last values and the target's seasonal rings; not a copy. */
  public float[] memory() {
    return memory;
  }

  /** What calibration of the key's intervals remembers; not a copy. */
  public CalibrationState calibration() {
    return calibration;
  }

  /** Begins the calibration of the key's intervals. */
  void begin(CalibrationState fresh) {
    calibration = fresh;
  }

  /** Begins what is remembered of the key's inputs. */
  void begin(double[] freshStatistics, float[] freshMemory) {
    statistics = freshStatistics;
    memory = freshMemory;
  }

  /** A copy that shares no array with this. */
  public KeyState copy() {
    return new KeyState(hidden.clone(), statistics.clone(), memory.clone(), calibration.copy());
  }
}
