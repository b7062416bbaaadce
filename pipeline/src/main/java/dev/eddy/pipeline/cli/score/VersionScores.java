package dev.eddy.pipeline.cli.score;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.score.Evaluation;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges each version of a model timeline by its own predictions; all of them see every
 * observation. Of one version alone there is nothing to tell apart.
 */
public final class VersionScores {
  private final Map<String, Judge> judges = new LinkedHashMap<>();

  /**
   * Judges of versions.
   *
   * @param versions such as {@code weather@7}, in the order in which they serve
   * @param judge makes one, without plots
   */
  public VersionScores(Collection<String> versions, Supplier<Judge> judge) {
    if (versions.size() > 1) {
      versions.forEach(version -> judges.put(version, judge.get()));
    }
  }

  /** Takes in an observation, as {@link Judge#add} does. */
  public void add(Observation observation, @Nullable Prediction prediction, boolean scored) {
    judges.forEach(
        (version, judge) -> {
          boolean own = prediction != null && prediction.shape().model().equals(version);
          judge.add(observation, own ? prediction : null, scored);
        });
  }

  /** Nothing more of this key comes. */
  public void end(String key) {
    judges.values().forEach(judge -> judge.end(key));
  }

  /** The scores of each version that has some; empty where one alone was to be judged. */
  public Map<String, Evaluation> evaluations() {
    Map<String, Evaluation> evaluations = new LinkedHashMap<>();
    judges.forEach(
        (version, judge) -> {
          Evaluation evaluation = judge.evaluation();
          if (!evaluation.isEmpty()) {
            evaluations.put(version, evaluation);
          }
        });
    return evaluations;
  }
}
