package dev.eddy.model.spec;

/**
 * The sizes of a recurrent network: a stack of equal cells with one linear head.
 *
 * @param cell the recurrence of every layer
 * @param inputSize D, encoded inputs per step
 * @param hiddenSize H, units per layer
 * @param layers depth of the stack
 * @param outputSize O, outputs of the linear head per step
 */
public record NetworkShape(
    CellType cell, int inputSize, int hiddenSize, int layers, int outputSize) {

  public NetworkShape {
    requirePositive("network.inputSize", inputSize);
    requirePositive("network.hiddenSize", hiddenSize);
    requirePositive("network.layers", layers);
    requirePositive("network.outputSize", outputSize);
  }

  /** Inputs of layer {@code layer}: D for the first, H above it. */
  public int inputSize(int layer) {
    return layer == 0 ? inputSize : hiddenSize;
  }

  /**
   * Numbers of hidden state per key, all layers concatenated: layer 0 first; within an SRU layer
   * {@code c[H]}, within an LSTM layer {@code h[H]} then {@code c[H]}.
   */
  public int stateSize() {
    return layers * layerStateSize();
  }

  /** Numbers of hidden state per key in one layer. */
  public int layerStateSize() {
    return hiddenSize * cell.statesPerUnit();
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (must be 1 or more)");
    }
  }
}
