package dev.eddy.model.kernel;

import dev.eddy.model.spec.layer.TensorShape;

/** Names of a network's tensors, as they are stored in {@code weights.safetensors}. */
public final class WeightNames {
  /** The linear head's product, [H, O]. */
  public static final String HEAD_WEIGHT = "head.weight";

  /** The linear head's bias, [O]. */
  public static final String HEAD_BIAS = "head.bias";

  private WeightNames() {}

  /** A tensor's name among those of all layers. */
  public static String ofLayer(int layer, String name) {
    return "layers." + layer + "." + name;
  }

  /** The product with a layer's inputs: SRU [D, H * G], LSTM [D, 4H], GRU [D, 3H], RNN [D, H]. */
  public static String weight(int layer) {
    return ofLayer(layer, TensorShape.WEIGHT);
  }

  /** What multiplies a layer's hidden state: SRU [2, H], LSTM [H, 4H], GRU [H, 3H], RNN [H, H]. */
  public static String recurrent(int layer) {
    return ofLayer(layer, TensorShape.RECURRENT);
  }

  /** A layer's bias: SRU [2, H], LSTM and GRU [4H], RNN [H]. */
  public static String bias(int layer) {
    return ofLayer(layer, TensorShape.BIAS);
  }

  /** SRU only: alpha, [1]. */
  public static String highwayScale(int layer) {
    return ofLayer(layer, TensorShape.HIGHWAY_SCALE);
  }

  /** A tensor's name among those of several networks, where each has one of that name. */
  static String ofNetwork(int network, String name) {
    return "networks." + network + "." + name;
  }
}
