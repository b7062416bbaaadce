package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.model.engine.EngineKind;
import java.io.Serializable;

/**
 * What the operator needs to know of its deployment; the same for every subtask.
 *
 * @param model name of the model; announcements of other names are not for this deployment
 * @param schema the fields of an observation
 * @param observationsTopic where observations come from, for dead letters
 * @param modelsTopic where versions are announced, for messages
 * @param engine resolved at submission, never {@code AUTO}
 * @param maxBatch observations that are stepped together at most
 * @param lingerMillis how long an observation waits for others, processing time
 * @param forgetAfterMillis a gap in a key's event time as long as this starts it afresh; {@link
 *     Long#MAX_VALUE}: never
 */
public record PredictSettings(
    String model,
    ObservationSchema schema,
    String observationsTopic,
    String modelsTopic,
    EngineKind engine,
    int maxBatch,
    long lingerMillis,
    long forgetAfterMillis)
    implements Serializable {
  public PredictSettings {
    if (engine == EngineKind.AUTO) {
      throw new IllegalArgumentException("engine: auto (must be resolved before submission)");
    }
  }
}
