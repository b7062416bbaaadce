package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonPOJOBuilder;
import dev.eddy.settings.Require;

/**
 * The sizes of a recurrent network: a stack of equal cells with one linear head; or of several
 * networks of equal sizes that read the same inputs and answer with the mean of their outputs (an
 * ensemble, Hansen and Salamon 1990).
 *
 * @param cell the recurrence of every layer
 * @param inputSize D, encoded inputs per step
 * @param hiddenSize H, units per layer
 * @param layers depth of the stack
 * @param outputSize O, outputs of the linear head per step
 * @param peephole whether the gates of an LSTM see the cell too (Gers, Schraudolph, Schmidhuber
 *     2002); no other cell has peepholes
 * @param leak a in (0, 1], the share of a unit of an RNN that each step replaces; 1: all of it; no
 *     other cell leaks
 * @param networks how many networks of these sizes there are; 1: a plain network
 */
@JsonDeserialize(builder = NetworkShape.Builder.class)
public record NetworkShape(
    CellType cell,
    int inputSize,
    int hiddenSize,
    int layers,
    int outputSize,
    @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean peephole,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = One.class) double leak,
    @JsonInclude(value = JsonInclude.Include.CUSTOM, valueFilter = One.class) int networks) {

  public NetworkShape {
    requirePositive("network.inputSize", inputSize);
    requirePositive("network.hiddenSize", hiddenSize);
    requirePositive("network.layers", layers);
    requirePositive("network.outputSize", outputSize);
    Require.that(leak > 0 && leak <= 1, "network.leak", leak, "above 0 and at most 1");
    cell.requireOptions("network", peephole, leak);
    requirePositive("network.networks", networks);
  }

  /** One network without peepholes or leak. */
  public NetworkShape(CellType cell, int inputSize, int hiddenSize, int layers, int outputSize) {
    this(cell, inputSize, hiddenSize, layers, outputSize, false, 1, 1);
  }

  /** One network. */
  public NetworkShape(
      CellType cell,
      int inputSize,
      int hiddenSize,
      int layers,
      int outputSize,
      boolean peephole,
      double leak) {
    this(cell, inputSize, hiddenSize, layers, outputSize, peephole, leak, 1);
  }

  /** The mean of so many networks of these sizes. */
  public NetworkShape withNetworks(int count) {
    return new NetworkShape(cell, inputSize, hiddenSize, layers, outputSize, peephole, leak, count);
  }

  /** One of the networks alone. */
  public NetworkShape member() {
    return withNetworks(1);
  }

  /** Inputs of layer {@code layer}: D for the first, H above it. */
  public int inputSize(int layer) {
    return layer == 0 ? inputSize : hiddenSize;
  }

  /**
   * Numbers of hidden state per key, network after network, all layers concatenated: layer 0 first;
   * within an SRU layer {@code c[H]}, within an LSTM layer {@code h[H]} then {@code c[H]}, within a
   * GRU or RNN layer {@code h[H]}.
   */
  public int stateSize() {
    return networks * layers * layerStateSize();
  }

  /** Numbers of hidden state per key in one layer. */
  public int layerStateSize() {
    return hiddenSize * cell.statesPerUnit();
  }

  /** Whether a hidden state of one means the same to the other, whatever their weights. */
  public boolean sharesStateWith(NetworkShape other) {
    return cell == other.cell
        && peephole == other.peephole
        && networks == other.networks
        && layers == other.layers
        && hiddenSize == other.hiddenSize;
  }

  /** The stack in few words: {@code 2×64 lstm with peepholes}. */
  public String summary() {
    return layers
        + "×"
        + hiddenSize
        + " "
        + cell.configName()
        + (peephole ? " with peepholes" : "")
        + (leak == 1 ? "" : " with leak " + leak)
        + (networks == 1 ? "" : ", mean of " + networks);
  }

  private static void requirePositive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + ": " + value + " (must be 1 or more)");
    }
  }

  /** Equal to the leak, and to the count of networks, that is not written. */
  static final class One {
    @Override
    public boolean equals(Object other) {
      return other instanceof Number number && number.doubleValue() == 1;
    }

    @Override
    public int hashCode() {
      return Double.hashCode(1);
    }
  }

  /** Reads a shape from JSON, where peephole, leak and networks may be absent. */
  @JsonPOJOBuilder
  static final class Builder {
    private final CellType cell;
    private final int inputSize;
    private final int hiddenSize;
    private final int layers;
    private final int outputSize;
    private boolean peephole;
    private double leak = 1;
    private int networks = 1;

    Builder(
        @JsonProperty("cell") CellType cell,
        @JsonProperty("inputSize") int inputSize,
        @JsonProperty("hiddenSize") int hiddenSize,
        @JsonProperty("layers") int layers,
        @JsonProperty("outputSize") int outputSize) {
      this.cell = cell;
      this.inputSize = inputSize;
      this.hiddenSize = hiddenSize;
      this.layers = layers;
      this.outputSize = outputSize;
    }

    Builder withPeephole(boolean newPeephole) {
      this.peephole = newPeephole;
      return this;
    }

    Builder withLeak(double newLeak) {
      this.leak = newLeak;
      return this;
    }

    Builder withNetworks(int newNetworks) {
      this.networks = newNetworks;
      return this;
    }

    NetworkShape build() {
      return new NetworkShape(
          cell, inputSize, hiddenSize, layers, outputSize, peephole, leak, networks);
    }
  }
}
