package dev.eddy.model.tensor;

/**
 * A micro-batch laid out for stepping: distinct keys in descending order of their number of
 * observations; wave {@code t} holds the t-th observation of every key that has one, in key order.
 * Reusable; arrays are grown, never shrunk; confined to one thread.
 */
public final class PackedSequence {
  private final int inputSize;
  private float[] inputs; // [rows, inputSize]
  private int[] batchSizes; // [waves], descending
  private int waves;
  private int rows;

  /** An empty sequence of {@code inputSize} inputs a row. */
  public PackedSequence(int inputSize) {
    this.inputSize = inputSize;
    this.inputs = new float[0];
    this.batchSizes = new int[0];
  }

  /**
   * Starts anew with the given waves.
   *
   * @param newBatchSizes [at least newWaves] rows of each wave, positive, never ascending; copied
   */
  public void reset(int[] newBatchSizes, int newWaves) {
    if (batchSizes.length < newWaves) {
      batchSizes = new int[Math.max(newWaves, 2 * batchSizes.length)];
    }
    int total = 0;
    for (int wave = 0; wave < newWaves; wave++) {
      int size = newBatchSizes[wave];
      if (size < 1 || (wave > 0 && size > newBatchSizes[wave - 1])) {
        throw new IllegalArgumentException(
            "batchSizes[" + wave + "]: " + size + " (must be 1 or more and not ascending)");
      }
      batchSizes[wave] = size;
      total += size;
    }
    waves = newWaves;
    rows = total;
    int needed = Math.multiplyExact(total, inputSize);
    if (inputs.length < needed) {
      inputs = new float[Math.max(needed, 2 * inputs.length)];
    }
  }

  /** [rows, inputSize], at least; the caller fills it, engines only read it. */
  public float[] inputs() {
    return inputs;
  }

  public int inputSize() {
    return inputSize;
  }

  public int rows() {
    return rows;
  }

  /** Distinct keys: the rows of the first wave. */
  public int keys() {
    return waves == 0 ? 0 : batchSizes[0];
  }

  public int waves() {
    return waves;
  }

  /** Rows of wave {@code wave}. */
  public int batchSize(int wave) {
    return batchSizes[wave];
  }
}
