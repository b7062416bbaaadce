package dev.eddy.pipeline.check;

import dev.eddy.connectors.kafka.client.ClusterLook;
import dev.eddy.connectors.kafka.client.TopicLook;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Are brokers and topics such as the job needs them?
 *
 * @param deployment whose topics they are
 * @param use what the command does there
 */
record KafkaQuestion(Deployment deployment, Use use) implements Question {
  private static final String READ = "READ";
  private static final String WRITE = "WRITE";
  private static final String OBSERVATIONS = "topics.observations";
  private static final String PREDICTIONS = "topics.predictions";
  private static final String DEAD_LETTERS = "topics.dead-letters";
  private static final String MODELS = "topics.models";
  private static final String SHARED = "input.shared.topic";

  /** What a command does with the topics. */
  enum Use {
    /** Observations are read, predictions written. */
    SERVE,
    /** Observations are read, a version is announced. */
    TRAIN,
    /** Both. */
    ALL
  }

  @Override
  public void ask(Findings findings) {
    TopicSettings names = deployment.topics();
    try (ClusterLook cluster = ClusterLook.at(deployment.kafka())) {
      List<String> written = use == Use.TRAIN ? List.of() : List.of(WRITE);
      findings.ask(new BrokerQuestion(deployment, cluster, use != Use.TRAIN));
      Optional<TopicLook> observations =
          topic(cluster, OBSERVATIONS, names.observations(), List.of(READ), findings);
      Optional<TopicLook> predictions =
          topic(cluster, PREDICTIONS, names.predictions(), written, findings);
      Optional<TopicLook> letters =
          topic(cluster, DEAD_LETTERS, names.deadLetters(), written, findings);
      deployment
          .input()
          .shared()
          .flatMap(from -> topic(cluster, SHARED, from.topic(), List.of(READ), findings))
          .ifPresent(topic -> kept(SHARED, topic, findings));
      models(cluster, findings);
      group(cluster, findings);
      observations.ifPresent(topic -> kept(OBSERVATIONS, topic, findings));
      if (observations.isPresent() && predictions.isPresent() && letters.isPresent()) {
        together(observations.get(), predictions.get(), findings);
        findings.ask(
            new SizeQuestion(deployment, observations.get(), predictions.get(), letters.get()));
      }
    }
  }

  private Optional<TopicLook> topic(
      ClusterLook cluster, String setting, String name, List<String> rights, Findings findings) {
    Optional<TopicLook> found = cluster.topic(name);
    found.ifPresentOrElse(
        topic -> findings.ask(new TopicQuestion(setting, topic, rights, cluster.brokers())),
        () ->
            findings.wrong(
                setting
                    + ": "
                    + name
                    + " (no such topic on "
                    + deployment.kafka().get(Deployment.BOOTSTRAP)
                    + ")"));
    return found;
  }

  private void models(ClusterLook cluster, Findings findings) {
    String name = deployment.topics().models();
    List<String> rights = use == Use.SERVE ? List.of(READ) : List.of(READ, WRITE);
    if (topic(cluster, MODELS, name, rights, findings).isPresent()) {
      try (Topics topics = Topics.connect(deployment.kafka())) {
        findings.ask(told -> topics.requireModels(MODELS, name));
      }
    }
  }

  /** Observations are the history that models are trained from and key states come from. */
  private static void kept(String setting, TopicLook topic, Findings findings) {
    long kept = topic.number("retention.ms").orElse(-1L);
    if (kept >= 0) {
      findings.note(
          setting
              + ": "
              + topic.name()
              + ": retention.ms: "
              + kept
              + " (older ones are gone for training, and for a job that is further behind)");
    }
  }

  private static void together(TopicLook observations, TopicLook predictions, Findings findings) {
    if (predictions.partitions() == 1 && observations.partitions() > 1) {
      findings.note(
          PREDICTIONS
              + ": "
              + predictions.name()
              + ": 1 partition (the topic of observations has "
              + observations.partitions()
              + ": readers of predictions cannot share their work)");
    }
  }

  private void group(ClusterLook cluster, Findings findings) {
    Set<String> rights = cluster.groupRights(deployment.name()).orElse(Set.of(READ));
    if (use != Use.TRAIN && !rights.contains(READ)) {
      findings.wrong(
          "kafka: consumer group " + deployment.name() + ": no right to READ (must be allowed to)");
    }
  }
}
