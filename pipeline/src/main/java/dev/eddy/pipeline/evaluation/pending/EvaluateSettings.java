package dev.eddy.pipeline.evaluation.pending;

import dev.eddy.pipeline.evaluation.EvaluationSettings;
import java.io.Serializable;
import java.util.List;

/**
 * What the operator needs to know of its deployment.
 *
 * @param windows into which scores are summed
 * @param targets that are forecast; none where classes are told apart
 * @param forgetAfterMillis a key silent for so long is forgotten, some time after; {@link
 *     Long#MAX_VALUE}: never
 */
public record EvaluateSettings(
    EvaluationSettings windows, List<String> targets, long forgetAfterMillis)
    implements Serializable {
  public EvaluateSettings {
    targets = List.copyOf(targets);
  }
}
