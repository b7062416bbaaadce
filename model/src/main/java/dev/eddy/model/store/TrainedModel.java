package dev.eddy.model.store;

import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;

/**
 * A published version as serving needs it. Immutable, shared by every thread.
 *
 * @param id which version
 * @param spec everything but the weights
 * @param weights they fit {@code spec.network()}
 */
public record TrainedModel(ModelId id, ModelSpec spec, NetworkWeights weights) {
  public TrainedModel {
    if (!weights.shape().equals(spec.network())) {
      throw new IllegalArgumentException(
          "model "
              + id
              + ": weights of "
              + weights.shape().summary()
              + " (must be "
              + spec.network().summary()
              + ")");
    }
  }
}
