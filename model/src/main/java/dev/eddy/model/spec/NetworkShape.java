package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.settings.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The layers of a recurrent network under one linear head; or of several such networks that read
 * the same inputs and answer with the mean of their outputs (an ensemble, Hansen and Salamon 1990).
 *
 * @param layers from the inputs up, one or more; each takes in what the one below puts out
 * @param outputSize O, outputs of the linear head per step
 * @param networks how many networks of these layers there are; 1: a plain network
 */
@JsonDeserialize(builder = NetworkJson.class)
public record NetworkShape(List<LayerShape> layers, int outputSize, int networks) {

  public NetworkShape {
    layers = List.copyOf(layers);
    SpecCheck.notEmpty("network.layers", layers);
    for (int layer = 1; layer < layers.size(); layer++) {
      requireStacked(layer, layers.get(layer).inputs(), layers.get(layer - 1).units());
    }
    requirePositive("network.outputSize", outputSize);
    requirePositive("network.networks", networks);
  }

  /** One network of equal layers without peepholes or leak. */
  public NetworkShape(CellType cell, int inputSize, int hiddenSize, int layers, int outputSize) {
    this(cell, inputSize, hiddenSize, layers, outputSize, false, 1);
  }

  /** One network of equal layers. */
  public NetworkShape(
      CellType cell,
      int inputSize,
      int hiddenSize,
      int layers,
      int outputSize,
      boolean peephole,
      double leak) {
    this(stack(cell, inputSize, hiddenSize, layers, peephole, leak), outputSize, 1);
  }

  /** Equal layers, one upon the other. */
  private static List<LayerShape> stack(
      CellType cell, int inputSize, int hiddenSize, int count, boolean peephole, double leak) {
    requirePositive("network.inputSize", inputSize);
    requirePositive("network.hiddenSize", hiddenSize);
    requirePositive("network.layers", count);
    Require.that(leak > 0 && leak <= 1, "network.leak", leak, "above 0 and at most 1");
    cell.requireOptions("network", peephole, leak);
    List<LayerShape> layers = new ArrayList<>();
    for (int layer = 0; layer < count; layer++) {
      layers.add(cell.layer(layer == 0 ? inputSize : hiddenSize, hiddenSize, peephole, leak));
    }
    return layers;
  }

  /** The mean of so many networks of these layers. */
  public NetworkShape withNetworks(int count) {
    return new NetworkShape(layers, outputSize, count);
  }

  /** One of the networks alone. */
  public NetworkShape member() {
    return withNetworks(1);
  }

  /** D, encoded inputs per step. */
  public int inputSize() {
    return layers.get(0).inputs();
  }

  /** Numbers that the head takes in: what the top layer puts out. */
  public int topSize() {
    return layers.get(layers.size() - 1).units();
  }

  /** Units of the widest layer. */
  public int widestSize() {
    return layers.stream().mapToInt(LayerShape::units).max().orElseThrow();
  }

  /**
   * Numbers of hidden state per key, network after network, layer after layer, the lowest first;
   * within a layer what it carries, in its order.
   */
  public int stateSize() {
    return networks * stateOffset(layers.size());
  }

  /** Where, in the hidden state of one network, that of a layer begins. */
  public int stateOffset(int layer) {
    return layers.subList(0, layer).stream().mapToInt(LayerShape::stateSize).sum();
  }

  /** Whether a hidden state of one means the same to the other, whatever their weights. */
  public boolean sharesStateWith(NetworkShape other) {
    if (networks != other.networks || layers.size() != other.layers.size()) {
      return false;
    }
    for (int layer = 0; layer < layers.size(); layer++) {
      if (!layers.get(layer).sharesStateWith(other.layers.get(layer))) {
        return false;
      }
    }
    return true;
  }

  /** The stack in few words: {@code 2×64 lstm with peepholes}, {@code 1×64 sru, 1×32 lstm}. */
  public String summary() {
    List<String> parts = new ArrayList<>();
    int from = 0;
    for (int layer = 1; layer <= layers.size(); layer++) {
      if (layer == layers.size() || !ofLayer(layer).equals(ofLayer(from))) {
        parts.add(layer - from + "×" + ofLayer(from));
        from = layer;
      }
    }
    return String.join(", ", parts) + (networks == 1 ? "" : ", mean of " + networks);
  }

  private String ofLayer(int layer) {
    return layers.get(layer).units() + " " + layers.get(layer).summary();
  }

  /** As {@code model.json} holds it. */
  @JsonValue
  Map<String, Object> written() {
    return NetworkJson.write(this);
  }

  private static void requireStacked(int layer, int inputs, int below) {
    if (inputs != below) {
      throw new IllegalArgumentException(
          "network.layers: "
              + inputs
              + " inputs of layer "
              + layer
              + " (must be "
              + below
              + ", the units of the layer below)");
    }
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (must be 1 or more)");
    }
  }
}
