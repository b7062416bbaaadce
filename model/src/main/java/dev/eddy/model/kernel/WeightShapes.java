package dev.eddy.model.kernel;

import dev.eddy.model.spec.NetworkShape;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tensors that a network of a given shape has, and their shapes. */
public final class WeightShapes {
  private WeightShapes() {}

  /** Every tensor's name and extents, network by network, layer by layer, the head last. */
  public static Map<String, int[]> of(NetworkShape shape) {
    if (shape.networks() == 1) {
      return ofOne(shape);
    }
    Map<String, int[]> shapes = new LinkedHashMap<>();
    Map<String, int[]> member = ofOne(shape);
    for (int network = 0; network < shape.networks(); network++) {
      for (Map.Entry<String, int[]> entry : member.entrySet()) {
        shapes.put(WeightNames.ofNetwork(network, entry.getKey()), entry.getValue());
      }
    }
    return shapes;
  }

  private static Map<String, int[]> ofOne(NetworkShape shape) {
    Map<String, int[]> shapes = new LinkedHashMap<>();
    for (int layer = 0; layer < shape.layers(); layer++) {
      switch (shape.cell()) {
        case SRU -> addSruLayer(shapes, shape, layer);
        case LSTM -> addLstmLayer(shapes, shape, layer);
        case GRU -> addLayer(shapes, shape, layer, 3, 4);
        case RNN -> addLayer(shapes, shape, layer, 1, 1);
      }
    }
    shapes.put(WeightNames.HEAD_WEIGHT, new int[] {shape.hiddenSize(), shape.outputSize()});
    shapes.put(WeightNames.HEAD_BIAS, new int[] {shape.outputSize()});
    return shapes;
  }

  /** How many numbers they hold. */
  public static long count(NetworkShape shape) {
    return of(shape).values().stream()
        .mapToLong(extents -> Arrays.stream(extents).asLongStream().reduce(1, Math::multiplyExact))
        .sum();
  }

  /**
   * G, the column blocks of an SRU layer's weight: candidate, forget, reset, and, where its inputs
   * are not as many as its units, the highway's projection.
   */
  public static int sruBlocks(NetworkShape shape, int layer) {
    return shape.inputSize(layer) == shape.hiddenSize() ? 3 : 4;
  }

  private static void addSruLayer(Map<String, int[]> shapes, NetworkShape shape, int layer) {
    int hidden = shape.hiddenSize();
    shapes.put(
        WeightNames.weight(layer),
        new int[] {shape.inputSize(layer), hidden * sruBlocks(shape, layer)});
    shapes.put(WeightNames.recurrent(layer), new int[] {2, hidden});
    shapes.put(WeightNames.bias(layer), new int[] {2, hidden});
    shapes.put(WeightNames.highwayScale(layer), new int[] {1});
  }

  private static void addLstmLayer(Map<String, int[]> shapes, NetworkShape shape, int layer) {
    addLayer(shapes, shape, layer, 4, 4);
    if (shape.peephole()) {
      shapes.put(WeightNames.peephole(layer), new int[] {3, shape.hiddenSize()});
    }
  }

  private static void addLayer(
      Map<String, int[]> shapes, NetworkShape shape, int layer, int blocks, int biasBlocks) {
    int hidden = shape.hiddenSize();
    shapes.put(WeightNames.weight(layer), new int[] {shape.inputSize(layer), blocks * hidden});
    shapes.put(WeightNames.recurrent(layer), new int[] {hidden, blocks * hidden});
    shapes.put(WeightNames.bias(layer), new int[] {biasBlocks * hidden});
  }
}
