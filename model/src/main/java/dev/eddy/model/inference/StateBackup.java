package dev.eddy.model.inference;

/**
 * Copies of the encoder memory of a micro-batch's keys, to take a key back when its step turns out
 * not to be finite. (The hidden state needs none: it is written only after it proved finite.)
 */
final class StateBackup {
  private final int statisticsSize;
  private final int memorySize;
  private double[] statistics = new double[0]; // [keys, statisticsSize]
  private float[] memory = new float[0]; // [keys, memorySize]
  private int room;

  StateBackup(int statisticsSize, int memorySize) {
    this.statisticsSize = statisticsSize;
    this.memorySize = memorySize;
  }

  void reserve(int keys) {
    if (keys > room) {
      room = Math.max(keys, 2 * room);
      statistics = new double[room * statisticsSize];
      memory = new float[room * memorySize];
    }
  }

  void save(int key, RecurrentState state) {
    System.arraycopy(state.statistics(), 0, statistics, key * statisticsSize, statisticsSize);
    System.arraycopy(state.memory(), 0, memory, key * memorySize, memorySize);
  }

  void restore(int key, RecurrentState state) {
    System.arraycopy(statistics, key * statisticsSize, state.statistics(), 0, statisticsSize);
    System.arraycopy(memory, key * memorySize, state.memory(), 0, memorySize);
  }
}
