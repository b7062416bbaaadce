package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.pipeline.evaluation.EvaluatedFields;
import dev.eddy.pipeline.version.VersionSettings;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the operator needs to know of its deployment; the same for every subtask.
 *
 * @param versions which model serves, and how it steps
 * @param observationsTopic where observations come from, for dead letters
 * @param maxBatch observations that are stepped together at most
 * @param lingerMillis how long an observation waits for others, processing time
 * @param forgetAfterMillis a gap in a key's event time as long as this starts it afresh; {@link
 *     Long#MAX_VALUE}: never
 * @param maxAheadMillis how far an event time and its record's Kafka timestamp may lie apart in an
 *     observation that is to set its key's clock back
 * @param rewarmSteps how many observations a key is led through anew at least where a version says
 *     so; 0: none are kept for it
 * @param evaluated what of an observation an evaluation is told; null where there is none
 */
public record PredictSettings(
    VersionSettings versions,
    String observationsTopic,
    int maxBatch,
    long lingerMillis,
    long forgetAfterMillis,
    long maxAheadMillis,
    int rewarmSteps,
    @Nullable EvaluatedFields evaluated)
    implements Serializable {

  /** Of a deployment that keeps no recent inputs. */
  public PredictSettings(
      VersionSettings versions,
      String observationsTopic,
      int maxBatch,
      long lingerMillis,
      long forgetAfterMillis,
      long maxAheadMillis) {
    this(versions, observationsTopic, maxBatch, lingerMillis, forgetAfterMillis, maxAheadMillis, 0);
  }

  /** Of a deployment that evaluates nothing. */
  public PredictSettings(
      VersionSettings versions,
      String observationsTopic,
      int maxBatch,
      long lingerMillis,
      long forgetAfterMillis,
      long maxAheadMillis,
      int rewarmSteps) {
    this(
        versions,
        observationsTopic,
        maxBatch,
        lingerMillis,
        forgetAfterMillis,
        maxAheadMillis,
        rewarmSteps,
        null);
  }

  /** The same, telling an evaluation of what it answers. */
  public PredictSettings evaluating(EvaluatedFields fields) {
    return new PredictSettings(
        versions,
        observationsTopic,
        maxBatch,
        lingerMillis,
        forgetAfterMillis,
        maxAheadMillis,
        rewarmSteps,
        fields);
  }

  /** Name of the model that serves. */
  String model() {
    return versions.model();
  }

  /** The fields of an observation. */
  ObservationSchema schema() {
    return versions.schema();
  }
}
