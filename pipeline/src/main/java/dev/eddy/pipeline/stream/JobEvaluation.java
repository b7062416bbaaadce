package dev.eddy.pipeline.stream;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.evaluation.EvaluationSettings;
import java.util.List;
import java.util.Optional;

/**
 * What the streaming job needs to know to score its own predictions.
 *
 * @param topic where it writes what they come to
 * @param settings windows and drift
 * @param targets that are forecast; none where classes are told apart
 * @param labels where labels come later; empty where each comes with its observation
 */
public record JobEvaluation(
    String topic, EvaluationSettings settings, List<String> targets, Optional<Labels> labels) {
  /**
   * A topic of labels.
   *
   * @param schema of its records: observations without features
   */
  public record Labels(String topic, ObservationSchema schema) {}

  public JobEvaluation {
    targets = List.copyOf(targets);
  }

  /** That of {@code deployment}, where it names a topic for it. */
  static Optional<JobEvaluation> of(Deployment deployment) {
    return deployment
        .topics()
        .evaluations()
        .map(
            topic ->
                new JobEvaluation(
                    topic,
                    deployment.evaluation(),
                    deployment.input().target(),
                    deployment.topics().labels().map(labels -> labels(labels, deployment))));
  }

  private static Labels labels(String topic, Deployment deployment) {
    String field = deployment.input().label().orElseThrow();
    return new Labels(topic, new ObservationSchema(List.of(), List.of(), field));
  }
}
