package dev.eddy.pipeline.check;

import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.kafka.client.ClusterLook;
import dev.eddy.connectors.kafka.client.TopicLook;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.connectors.kafka.start.TransactionalIds;
import dev.eddy.connectors.kafka.transaction.Claim;
import dev.eddy.pipeline.announce.AnnouncedShapes;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.settings.UserMistake;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.errors.AuthorizationException;

/**
 * Are brokers and topics such as the job needs them?
 *
 * @param deployment whose topics they are
 * @param use what the command does there
 */
record KafkaQuestion(Deployment deployment, Use use) implements Question {
  private static final String READ = "READ";
  private static final String WRITE = "WRITE";
  private static final List<String> COMMITTED = List.of(READ, WRITE);
  private static final String OBSERVATIONS = "topics.observations";
  private static final String PREDICTIONS = "topics.predictions";
  private static final String DEAD_LETTERS = "topics.dead-letters";
  private static final String EVALUATIONS = "topics.evaluations";
  private static final String LABELS = "topics.labels";
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
      List<String> written = use == Use.TRAIN ? List.of() : written();
      List<String> added = use == Use.TRAIN ? List.of() : COMMITTED;
      findings.ask(new BrokerQuestion(deployment, cluster, use != Use.TRAIN));
      Optional<TopicLook> observations =
          topic(cluster, OBSERVATIONS, names.observations(), List.of(READ), findings);
      Optional<TopicLook> predictions =
          topic(cluster, PREDICTIONS, names.predictions(), written, findings);
      Optional<TopicLook> letters =
          topic(cluster, DEAD_LETTERS, names.deadLetters(), written, findings);
      names.evaluations().ifPresent(name -> topic(cluster, EVALUATIONS, name, added, findings));
      names.labels().ifPresent(name -> topic(cluster, LABELS, name, List.of(READ), findings));
      deployment
          .input()
          .shared()
          .flatMap(from -> topic(cluster, SHARED, from.topic(), List.of(READ), findings))
          .ifPresent(topic -> kept(SHARED, topic, findings));
      boolean models = findings.ask(told -> models(cluster, told));
      group(cluster, findings);
      if (use != Use.TRAIN) {
        safeguards(cluster, predictions, findings);
      }
      observations.ifPresent(topic -> kept(OBSERVATIONS, topic, findings));
      if (observations.isPresent() && predictions.isPresent() && letters.isPresent()) {
        together(observations.get(), predictions.get(), findings);
        List<PredictionShape> announced =
            models && use != Use.TRAIN ? AnnouncedShapes.of(deployment) : List.of();
        findings.ask(
            new SizeQuestion(
                deployment, announced, observations.get(), predictions.get(), letters.get()));
      }
    }
  }

  /** Flink's sink asks brokers which transactions are open on its topic: a reader's right. */
  private List<String> written() {
    return exactlyOnce() ? COMMITTED : List.of(WRITE);
  }

  private boolean exactlyOnce() {
    return deployment.serving().delivery() == Delivery.EXACTLY_ONCE;
  }

  private Optional<TopicLook> topic(
      ClusterLook cluster, String setting, String name, List<String> rights, Findings findings) {
    String place = setting + ": " + name;
    Optional<TopicLook> found;
    try {
      found = cluster.topic(name);
    } catch (UserMistake e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
      findings.wrong(place + ": no right to DESCRIBE (must be allowed to " + said(rights) + ")");
      return Optional.empty();
    }
    found.ifPresentOrElse(
        topic -> findings.ask(new TopicQuestion(setting, topic, rights, cluster.brokers())),
        () ->
            findings.wrong(
                place
                    + " (no such topic on "
                    + deployment.kafka().get(Deployment.BOOTSTRAP)
                    + ")"));
    return found;
  }

  private static String said(List<String> rights) {
    return rights.isEmpty() ? "DESCRIBE" : String.join(" and ", rights);
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
    if (use != Use.TRAIN && !mayRead(cluster, deployment.name())) {
      findings.wrong(
          "kafka: consumer group " + deployment.name() + ": no right to READ (must be allowed to)");
    }
  }

  /** What a run can do without, and is safer with. */
  private void safeguards(ClusterLook cluster, Optional<TopicLook> predictions, Findings findings) {
    if (!exactlyOnce()
        && predictions.flatMap(TopicLook::rights).filter(all -> !all.contains(READ)).isPresent()) {
      findings.note(
          PREDICTIONS
              + ": "
              + deployment.topics().predictions()
              + ": no right to READ (with it, a start without state is refused where there are"
              + " predictions already)");
    }
    String owner = Claim.group(TransactionalIds.predictions(deployment.name()));
    if (exactlyOnce() && !mayRead(cluster, owner)) {
      findings.note(
          "kafka: consumer group "
              + owner
              + ": no right to READ (with it, an earlier run that comes back is kept from"
              + " writing)");
    }
  }

  private static boolean mayRead(ClusterLook cluster, String group) {
    return cluster.groupRights(group).orElse(Set.of(READ)).contains(READ);
  }
}
