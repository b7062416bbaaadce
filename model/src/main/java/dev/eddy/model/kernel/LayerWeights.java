package dev.eddy.model.kernel;

import dev.eddy.model.spec.layer.Carried;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.model.spec.layer.LayerVisitor;
import dev.eddy.model.tensor.Tensor;

/**
 * One layer of a network as an engine makes its own of it: its tensors by their names within the
 * layer, and where in a key's hidden state it stands.
 *
 * @param network of one network, not of several
 * @param layer which of its layers, the lowest 0
 */
public record LayerWeights(NetworkWeights network, int layer) {
  /** Its kind and sizes. */
  public LayerShape shape() {
    return network.shape().layers().get(layer);
  }

  /** Does what depends on its kind. */
  public <T> T accept(LayerVisitor<T> visitor) {
    return shape().accept(visitor);
  }

  /** One of its tensors. */
  public Tensor tensor(String name) {
    return network.tensor(WeightNames.ofLayer(layer, name));
  }

  /** The values of one of its tensors, row-major, not copied. */
  public float[] values(String name) {
    return network.values(WeightNames.ofLayer(layer, name));
  }

  /** Numbers of the hidden state of a key, of all layers. */
  public int stateStride() {
    return network.shape().stateSize();
  }

  /** Where in it that what this layer carries begins. */
  public int stateOffset() {
    return network.shape().stateOffset(layer);
  }

  /** Where in it one of the parts begins that this layer carries. */
  public int stateOffset(int part) {
    return stateOffset()
        + shape().carried().subList(0, part).stream().mapToInt(Carried::size).sum();
  }
}
