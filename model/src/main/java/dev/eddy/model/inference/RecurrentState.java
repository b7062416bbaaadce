package dev.eddy.model.inference;

/**
 * All that a model remembers of one key between its observations, as flat arrays so that it can be
 * stored without knowing the model. Mutable; owned by whoever steps it.
 *
 * @param hidden [stateSize] the network's hidden state, all layers concatenated
 * @param statistics [encoder statistics] running sums of the key's raw inputs
 * @param memory [encoder memory] last values and the target's seasonal ring
 */
public record RecurrentState(float[] hidden, double[] statistics, float[] memory) {}
