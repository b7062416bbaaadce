package dev.eddy.model.engine;

import dev.eddy.model.kernel.NetworkWeights;
import java.util.Optional;

/**
 * Makes the step engines of one kind; found with {@link java.util.ServiceLoader}. Loading and
 * constructing a provider must link nothing that may be absent (native libraries, the vector
 * module).
 */
public interface StepEngineProvider {
  /** The kind it makes; never {@code AUTO}. */
  EngineKind kind();

  /** Why this JVM cannot run the kind, in one line that names the cure; empty if it can. */
  Optional<String> obstacle();

  /** Whether it would compute on a GPU that works. */
  boolean usesGpu();

  /** An engine for one thread; packs the weights, which it does not keep. */
  StepEngine create(NetworkWeights weights);
}
