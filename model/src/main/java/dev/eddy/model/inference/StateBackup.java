package dev.eddy.model.inference;

/**
 * Copies of all but the hidden state of a micro-batch's keys, to take a key back when its step
 * turns out not to be finite. (The hidden state needs none: it is written only after it proved
 * finite.)
 */
final class StateBackup {
  private final int statisticsSize;
  private final int memorySize;
  private final int clocksSize;
  private final int valuesSize;
  private double[] statistics = new double[0]; // [keys, statisticsSize]
  private float[] memory = new float[0]; // [keys, memorySize]
  private double[] clocks = new double[0]; // [keys, clocksSize]
  private float[] values = new float[0]; // [keys, valuesSize]
  private int room;

  /** For states with arrays as long as those of {@code like}. */
  StateBackup(KeyState like) {
    this.statisticsSize = like.statistics().length;
    this.memorySize = like.memory().length;
    this.clocksSize = like.calibration().clocks().length;
    this.valuesSize = like.calibration().values().length;
  }

  void reserve(int keys) {
    if (keys > room) {
      room = Math.max(keys, 2 * room);
      statistics = new double[Math.multiplyExact(room, statisticsSize)];
      memory = new float[Math.multiplyExact(room, memorySize)];
      clocks = new double[Math.multiplyExact(room, clocksSize)];
      values = new float[Math.multiplyExact(room, valuesSize)];
    }
  }

  void save(int key, KeyState state) {
    CalibrationState calibration = state.calibration();
    System.arraycopy(state.statistics(), 0, statistics, key * statisticsSize, statisticsSize);
    System.arraycopy(state.memory(), 0, memory, key * memorySize, memorySize);
    System.arraycopy(calibration.clocks(), 0, clocks, key * clocksSize, clocksSize);
    System.arraycopy(calibration.values(), 0, values, key * valuesSize, valuesSize);
  }

  void restore(int key, KeyState state) {
    CalibrationState calibration = state.calibration();
    System.arraycopy(statistics, key * statisticsSize, state.statistics(), 0, statisticsSize);
    System.arraycopy(memory, key * memorySize, state.memory(), 0, memorySize);
    System.arraycopy(clocks, key * clocksSize, calibration.clocks(), 0, clocksSize);
    System.arraycopy(values, key * valuesSize, calibration.values(), 0, valuesSize);
  }
}
