package dev.eddy.pipeline.announce;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.model.settings.Split;
import dev.eddy.model.settings.TrainingSettings;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.announce.ModelAnnouncer.Announced;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.ObservationSettings;
import dev.eddy.pipeline.deployment.ServingSettings;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.settings.Settings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelAnnouncerTest {
  private static final long NEWEST = 5000; // event time that versions were judged on

  private static final TopicSettings TOPICS = TopicSettings.named("announced");

  @TempDir Path folder;

  @Test
  void a_first_version_serves_from_the_beginning_and_later_ones_after_the_history() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      Deployment deployment = deployment(kafka);
      TestModels models = new TestModels(folder);
      Announced first = new ModelAnnouncer(deployment).announce(models.publish(1), NEWEST);
      assertThat(first.first()).isTrue();
      assertThat(first.announcement().effectiveFrom()).isEqualTo(Long.MIN_VALUE);

      Announced second = new ModelAnnouncer(deployment).announce(models.publish(2), NEWEST);
      assertThat(second.announcement().effectiveFrom()).isEqualTo(5001);
      assertThat(second.announcement().swap()).isEqualTo("rewarm");
      assertThat(second.note()).isEmpty();

      PublishedModel wider =
          models.publish(TestModels.spec(CellType.SRU, 2, 16, List.of("load", "wind")), 3);
      Announced third = new ModelAnnouncer(carrying(kafka)).announce(wider, NEWEST);
      assertThat(third.announcement().swap()).isEqualTo("reset");
      assertThat(third.note())
          .contains(
              "swap: reset instead of carry, because test@2 has 2×8 sru and test@3 has 2×16 sru");

      assertThat(new ModelAnnouncer(deployment).announced())
          .extracting(Announcement::model)
          .containsExactly("test@1", "test@2", "test@3");
    }
  }

  @Test
  void a_version_whose_predictions_do_not_fit_is_announced_and_said_so() {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      Deployment deployment = deployment(kafka);
      create(kafka, TOPICS.predictions(), 400);
      TestModels models = new TestModels(folder);

      Announced first = new ModelAnnouncer(deployment).announce(models.publish(1), NEWEST);

      assertThat(first.note().orElse(""))
          .matches(
              "topics.predictions: announced-predictions: max.message.bytes: 400 \\(must be \\d+ or"
                  + " more for the largest prediction of test@1 with a key of 256 characters; else"
                  + " it is a dead letter, prediction-too-large\\)");
      assertThat(new ModelAnnouncer(deployment).announced()).hasSize(1);
    }
  }

  private static void create(EmbeddedKafka kafka, String topic, int bytes) {
    try (Admin admin = Admin.create(Map.copyOf(kafka.client()))) {
      admin
          .createTopics(
              List.of(
                  new NewTopic(topic, 1, (short) 1)
                      .configs(Map.of("max.message.bytes", Integer.toString(bytes)))))
          .all()
          .toCompletionStage()
          .toCompletableFuture()
          .join();
    }
  }

  /** The same deployment, which would carry. */
  private Deployment carrying(EmbeddedKafka kafka) {
    return Settings.of(
        Deployment.class,
        Map.of(
            "name",
            TestModels.NAME,
            "store",
            folder.toString(),
            "kafka",
            kafka.client(),
            "topics",
            TOPICS,
            "input",
            Settings.of(
                ObservationSettings.class,
                Map.of("features", List.of("load", "wind"), "target", List.of("load"))),
            "training",
            TrainingSettings.of(new Split.ByTime(Instant.EPOCH, Instant.EPOCH)),
            "serving",
            Settings.of(ServingSettings.class, Map.of("swap", SwapPolicy.CARRY))));
  }

  private Deployment deployment(EmbeddedKafka kafka) {
    try (Topics admin = Topics.connect(kafka.client())) {
      admin.createModels(TOPICS.models());
    }
    return TestDeployment.of(
        TestModels.NAME,
        folder,
        kafka.client(),
        TOPICS,
        Map.of("features", List.of("load", "wind"), "target", List.of("load")),
        new Split.ByTime(Instant.EPOCH, Instant.EPOCH));
  }
}
