package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.kafka.sink.LargestPrediction;
import dev.eddy.connectors.kafka.sink.RecordLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Creates or requires the topics of a deployment. */
public final class DeploymentTopics {
  /** Characters of a key that is not unusually long. */
  public static final int USUAL_KEY = 256;

  private DeploymentTopics() {}

  /** Creates those that are missing, such as they must be; says which. */
  public static List<String> create(Deployment deployment) {
    TopicSettings names = deployment.topics();
    List<String> created = new ArrayList<>();
    try (Topics topics = Topics.connect(deployment.kafka())) {
      if (topics.create(names.observations(), names.partitions())) {
        created.add(names.observations());
      }
      if (topics.create(names.predictions(), names.partitions(), largestPrediction(deployment))) {
        created.add(names.predictions());
      }
      long letter = topics.largest(names.observations());
      if (topics.create(names.deadLetters(), names.partitions(), letter)) {
        created.add(names.deadLetters());
      }
      if (topics.createModels(names.models())) {
        created.add(names.models());
      }
      for (String evaluations : names.evaluations().stream().toList()) {
        if (topics.create(evaluations, 1)) { // in one partition windows are in order
          created.add(evaluations);
        }
      }
      for (String labels : names.labels().stream().toList()) {
        if (topics.create(labels, names.partitions())) {
          created.add(labels);
        }
      }
      for (String shared : shared(deployment)) {
        if (topics.create(shared, 1)) { // in one partition they are in order
          created.add(shared);
        }
      }
    }
    return created;
  }

  /** Bytes of the largest prediction with a usual key; 0 where classes are not known yet. */
  public static long largestPrediction(Deployment deployment) {
    if (deployment.input().label().isPresent()) {
      return 0;
    }
    PredictionShape shape =
        new PredictionShape.Forecast(
            deployment.modelName() + "@" + Integer.MAX_VALUE,
            deployment.input().target(),
            deployment.model().horizons(),
            deployment.model().quantiles(),
            deployment.input().interval().map(Duration::toMillis).orElse(0L));
    return largestPrediction(deployment, shape);
  }

  /** Bytes of the largest prediction of a version with a usual key. */
  public static long largestPrediction(Deployment deployment, PredictionShape shape) {
    int bytes = LargestPrediction.bytes(deployment.predictionFormat(), shape, USUAL_KEY);
    return (long) bytes + RecordLimit.OVERHEAD;
  }

  /**
   * Requires all of them.
   *
   * @throws dev.eddy.settings.UserMistake when no broker answers or a topic is missing
   */
  public static void require(Deployment deployment) {
    TopicSettings names = deployment.topics();
    try (Topics topics = Topics.connect(deployment.kafka())) {
      topics.require("topics.observations", names.observations());
      topics.require("topics.predictions", names.predictions());
      topics.require("topics.dead-letters", names.deadLetters());
      topics.requireModels("topics.models", names.models());
      names.evaluations().ifPresent(name -> topics.require("topics.evaluations", name));
      names.labels().ifPresent(name -> topics.require("topics.labels", name));
      shared(deployment).forEach(shared -> topics.require("input.shared.topic", shared));
    }
  }

  private static List<String> shared(Deployment deployment) {
    return deployment.input().shared().map(SharedSettings::topic).stream().toList();
  }

  /** The id of the Kafka cluster that the deployment's topics are on. */
  public static String kafka(Deployment deployment) {
    try (Topics topics = Topics.connect(deployment.kafka())) {
      return topics.cluster();
    }
  }

  /** Name and id of the observations topic. */
  public static String observations(Deployment deployment) {
    String name = deployment.topics().observations();
    try (Topics topics = Topics.connect(deployment.kafka())) {
      return name + " with id " + topics.id(name);
    }
  }
}
