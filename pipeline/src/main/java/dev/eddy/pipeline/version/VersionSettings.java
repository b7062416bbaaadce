package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.pipeline.version.store.TrustedStores;
import java.io.Serializable;

/**
 * Holds what {@link ModelVersions} needs to know of its deployment.
 *
 * @param model name of the model; announcements of other names are not for this deployment
 * @param modelsTopic where versions are announced, for messages
 * @param schema the fields of an observation
 * @param stores from which of them versions are read
 * @param loadAheadMillis how long before its time a version is loaded, in event time
 * @param engine resolved at submission, never {@code AUTO}; {@code SIMD} where the JVM steps, with
 *     the vector module or without
 */
public record VersionSettings(
    String model,
    String modelsTopic,
    ObservationSchema schema,
    TrustedStores stores,
    long loadAheadMillis,
    EngineKind engine)
    implements Serializable {
  public VersionSettings {
    if (engine == EngineKind.AUTO) {
      throw new IllegalArgumentException("engine: auto (must be resolved before submission)");
    }
  }

  /** Of versions that are read wherever they are announced from. */
  public VersionSettings(
      String model, String modelsTopic, ObservationSchema schema, EngineKind engine) {
    this(model, modelsTopic, schema, TrustedStores.asAnnounced(), 0, engine);
  }
}
