package dev.eddy.model.spec;

/**
 * Everything but the weights that turns raw inputs into predictions; the {@code spec} part of
 * {@code model.json}.
 *
 * @param network sizes of the network
 * @param input how raw inputs are encoded
 * @param head what the outputs mean
 */
public record ModelSpec(NetworkShape network, InputEncoding input, Head head) {
  public ModelSpec {
    if (network.outputSize() != head.outputSize()) {
      throw new IllegalArgumentException(
          "network.outputSize: "
              + network.outputSize()
              + " (the head needs "
              + head.outputSize()
              + ")");
    }
    if (head instanceof Head.Forecast && input.target().isEmpty()) {
      throw new IllegalArgumentException("input.target: none (a forecast head needs one)");
    }
  }
}
