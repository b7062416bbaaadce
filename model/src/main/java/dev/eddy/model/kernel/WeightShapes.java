package dev.eddy.model.kernel;

import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.layer.TensorShape;
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
    for (int layer = 0; layer < shape.layers().size(); layer++) {
      for (TensorShape tensor : shape.layers().get(layer).tensors()) {
        shapes.put(WeightNames.ofLayer(layer, tensor.name()), tensor.sizes());
      }
    }
    shapes.put(WeightNames.HEAD_WEIGHT, new int[] {shape.topSize(), shape.outputSize()});
    shapes.put(WeightNames.HEAD_BIAS, new int[] {shape.outputSize()});
    return shapes;
  }

  /** How many numbers they hold. */
  public static long count(NetworkShape shape) {
    return of(shape).values().stream()
        .mapToLong(extents -> Arrays.stream(extents).asLongStream().reduce(1, Math::multiplyExact))
        .sum();
  }
}
