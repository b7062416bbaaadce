package dev.eddy.model.inference;

/**
 * Holds the numbers of a micro-batch on their way from inputs to predictions, in arrays that grow
 * together and never shrink.
 */
final class BatchArrays {
  private final int stateSize;
  private final int outputSize;
  private final int originSize;
  private final int predictionSize;

  float[] hidden = new float[0]; // [keys, stateSize] in packed order
  float[] outputs = new float[0]; // [rows, outputSize] in packed order
  double[] origins = new double[0]; // [slots, originSize]
  double[] weights = new double[0]; // [slots] how much the outputs count
  double[] predictions = new double[0]; // [slots, predictionSize]
  boolean[] failed = new boolean[0]; // [slots]

  BatchArrays(int stateSize, int outputSize, int originSize, int predictionSize) {
    this.stateSize = stateSize;
    this.outputSize = outputSize;
    this.originSize = originSize;
    this.predictionSize = predictionSize;
  }

  /** Makes room for so many slots, and so for as many rows and keys; what it held is lost. */
  void reserve(int slots) {
    if (failed.length < slots) {
      int room = Math.max(slots, 2 * failed.length);
      hidden = new float[room * stateSize];
      outputs = new float[room * outputSize];
      origins = new double[room * originSize];
      weights = new double[room];
      predictions = new double[room * predictionSize];
      failed = new boolean[room];
    }
  }

  /** Copies a key's hidden state in, to be stepped. */
  void load(KeyState state, int rank) {
    System.arraycopy(state.hidden(), 0, hidden, rank * stateSize, stateSize);
  }

  /** Copies a key's hidden state back once it is stepped. */
  void store(KeyState state, int rank) {
    System.arraycopy(hidden, rank * stateSize, state.hidden(), 0, stateSize);
  }

  boolean isHiddenFinite(int rank) {
    return Finite.all(hidden, rank * stateSize, stateSize);
  }

  boolean isPredictionFinite(int slot, int row) {
    return Finite.all(outputs, outputAt(row), outputSize)
        && Finite.all(predictions, predictionAt(slot), predictionSize);
  }

  int outputAt(int row) {
    return row * outputSize;
  }

  int originAt(int slot) {
    return slot * originSize;
  }

  int predictionAt(int slot) {
    return slot * predictionSize;
  }
}
