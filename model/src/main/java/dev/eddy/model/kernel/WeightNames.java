package dev.eddy.model.kernel;

/** Names of a network's tensors, as they are stored in {@code weights.safetensors}. */
public final class WeightNames {
  /** The linear head's product, [H, O]. */
  public static final String HEAD_WEIGHT = "head.weight";

  /** The linear head's bias, [O]. */
  public static final String HEAD_BIAS = "head.bias";

  private WeightNames() {}

  /** The product with a layer's inputs: SRU [D, H * G], LSTM [D, 4H], GRU [D, 3H], RNN [D, H]. */
  public static String weight(int layer) {
    return "layers." + layer + ".weight";
  }

  /** What multiplies a layer's hidden state: SRU [2, H], LSTM [H, 4H], GRU [H, 3H], RNN [H, H]. */
  public static String recurrent(int layer) {
    return "layers." + layer + ".recurrent";
  }

  /** A layer's bias: SRU [2, H], LSTM and GRU [4H], RNN [H]. */
  public static String bias(int layer) {
    return "layers." + layer + ".bias";
  }

  /** LSTM with peepholes only: what its gates see of the cell, [3, H]. */
  public static String peephole(int layer) {
    return "layers." + layer + ".peephole";
  }

  /** SRU only: alpha, [1]. */
  public static String highwayScale(int layer) {
    return "layers." + layer + ".highway-scale";
  }

  /** A tensor's name among those of several networks, where each has one of that name. */
  static String ofNetwork(int network, String name) {
    return "networks." + network + "." + name;
  }
}
