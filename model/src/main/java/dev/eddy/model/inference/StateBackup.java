package dev.eddy.model.inference;

import dev.eddy.model.encoding.KeyMemory;

/**
 * Copies all but the hidden state of a micro-batch's keys, to take a key back when its step turns
 * out not to be finite. (The hidden state needs none: it is written only after it proved finite.)
 */
final class StateBackup {
  private final int statisticsSize;
  private final int rememberedSize;
  private final int clocksSize;
  private final int boundsSize;
  private double[] statistics = new double[0]; // [keys, statisticsSize] of the memory
  private double[] remembered = new double[0]; // [keys, rememberedSize] of the memory
  private double[] clocks = new double[0]; // [keys, clocksSize] of the calibration
  private double[] bounds = new double[0]; // [keys, boundsSize] of the calibration
  private int room;

  /** For states with arrays as long as those of {@code like}. */
  StateBackup(KeyState like) {
    this.statisticsSize = like.memory().statistics().length;
    this.rememberedSize = like.memory().values().length;
    this.clocksSize = like.calibration().clocks().length;
    this.boundsSize = like.calibration().values().length;
  }

  void reserve(int keys) {
    if (keys > room) {
      room = Math.max(keys, 2 * room);
      statistics = new double[Math.multiplyExact(room, statisticsSize)];
      remembered = new double[Math.multiplyExact(room, rememberedSize)];
      clocks = new double[Math.multiplyExact(room, clocksSize)];
      bounds = new double[Math.multiplyExact(room, boundsSize)];
    }
  }

  void save(int key, KeyState state) {
    KeyMemory memory = state.memory();
    CalibrationState calibration = state.calibration();
    System.arraycopy(memory.statistics(), 0, statistics, key * statisticsSize, statisticsSize);
    System.arraycopy(memory.values(), 0, remembered, key * rememberedSize, rememberedSize);
    System.arraycopy(calibration.clocks(), 0, clocks, key * clocksSize, clocksSize);
    System.arraycopy(calibration.values(), 0, bounds, key * boundsSize, boundsSize);
  }

  void restore(int key, KeyState state) {
    KeyMemory memory = state.memory();
    CalibrationState calibration = state.calibration();
    System.arraycopy(statistics, key * statisticsSize, memory.statistics(), 0, statisticsSize);
    System.arraycopy(remembered, key * rememberedSize, memory.values(), 0, rememberedSize);
    System.arraycopy(clocks, key * clocksSize, calibration.clocks(), 0, clocksSize);
    System.arraycopy(bounds, key * boundsSize, calibration.values(), 0, boundsSize);
  }
}
