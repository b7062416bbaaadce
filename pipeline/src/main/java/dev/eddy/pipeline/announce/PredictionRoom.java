package dev.eddy.pipeline.announce;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.settings.UserMistake;
import java.util.Optional;

/**
 * Says whether the largest prediction of a version fits where predictions go: only whoever
 * announces it knows before the job does.
 */
final class PredictionRoom {
  private PredictionRoom() {}

  /** What is too small for an announced version's predictions; empty if nothing is. */
  static Optional<String> missing(Deployment deployment, Announcement announced) {
    return AnnouncedShapes.of(announced).flatMap(shape -> missing(deployment, shape));
  }

  private static Optional<String> missing(Deployment deployment, PredictionShape shape) {
    String topic = deployment.topics().predictions();
    long bytes = DeploymentTopics.largestPrediction(deployment, shape);
    long taken = taken(deployment, topic);
    return taken == 0 || bytes <= taken
        ? Optional.empty()
        : Optional.of(
            "topics.predictions: "
                + topic
                + ": max.message.bytes: "
                + taken
                + " (must be "
                + bytes
                + " or more for the largest prediction of "
                + shape.model()
                + " with a key of "
                + DeploymentTopics.USUAL_KEY
                + " characters; else it is a dead letter, prediction-too-large)");
  }

  /** What a topic takes; 0 where that cannot be asked, which keeps no version from being told. */
  private static long taken(Deployment deployment, String topic) {
    try (Topics topics = Topics.connect(deployment.kafka())) {
      return topics.largest(topic);
    } catch (UserMistake e) {
      return 0;
    }
  }
}
