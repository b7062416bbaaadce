package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.kafka.client.Topics;
import java.util.ArrayList;
import java.util.List;

/** Creates or requires the topics of a deployment. */
public final class DeploymentTopics {
  private DeploymentTopics() {}

  /** Creates those that are missing; says which. */
  public static List<String> create(Deployment deployment) {
    TopicSettings names = deployment.topics();
    List<String> created = new ArrayList<>();
    try (Topics topics = Topics.connect(deployment.kafka())) {
      for (String name : List.of(names.observations(), names.predictions(), names.deadLetters())) {
        if (topics.create(name, names.partitions())) {
          created.add(name);
        }
      }
      if (topics.createModels(names.models())) {
        created.add(names.models());
      }
    }
    return created;
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
    }
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
