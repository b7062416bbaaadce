package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.model.engine.EngineKind;
import java.io.Serializable;

/**
 * Holds what {@link ModelVersions} needs to know of its deployment.
 *
 * @param model name of the model; announcements of other names are not for this deployment
 * @param modelsTopic where versions are announced, for messages
 * @param schema the fields of an observation
 * @param engine resolved at submission, never {@code AUTO}; {@code SIMD} where the JVM steps, with
 *     the vector module or without
 */
public record VersionSettings(
    String model, String modelsTopic, ObservationSchema schema, EngineKind engine)
    implements Serializable {
  public VersionSettings {
    if (engine == EngineKind.AUTO) {
      throw new IllegalArgumentException("engine: auto (must be resolved before submission)");
    }
  }
}
