package dev.eddy.pipeline.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.model.settings.Split;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.pipeline.operator.TestModels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job has not read and the topic no longer holds, by where the user lets it go on. */
class RetentionQuestionTest {
  @TempDir Path folder;

  @Test
  void what_is_gone_is_wrong_unless_the_user_has_said_where_to_go_on() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start()) {
      try (Topics topics = Topics.connect(kafka.client())) {
        topics.create("kept-observations", 1);
      }
      commit(kafka, deployment(kafka, Map.of()).name());

      String place = "topics.observations: kept-observations: partition 0 holds offsets 0 to 0 (";
      assertThat(ask(deployment(kafka, Map.of())).wrong())
          .singleElement()
          .satisfies(line -> assertThat(line).startsWith(place + "must hold 7, "));
      Findings said = ask(deployment(kafka, Map.of("auto.offset.reset", "earliest")));
      assertThat(said.wrong()).isEmpty();
      assertThat(said.notes())
          .containsExactly(
              place
                  + "not 7, where consumer group "
                  + deployment(kafka, Map.of()).name()
                  + " goes on: it begins at the earliest, by kafka.auto.offset.reset)");
    }
  }

  private static Findings ask(Deployment deployment) {
    Findings findings = new Findings();
    findings.ask(new RetentionQuestion(deployment));
    return findings;
  }

  private static void commit(EmbeddedKafka kafka, String group) throws Exception {
    try (Admin admin = Admin.create(Map.<String, Object>copyOf(kafka.client()))) {
      var place = new TopicPartition("kept-observations", 0);
      admin.alterConsumerGroupOffsets(group, Map.of(place, new OffsetAndMetadata(7))).all().get();
    }
  }

  private Deployment deployment(EmbeddedKafka kafka, Map<String, String> more) {
    Map<String, String> client = new HashMap<>(kafka.client());
    client.putAll(more);
    return TestDeployment.of(
        TestModels.NAME,
        folder.resolve("models"),
        client,
        TopicSettings.named("kept"),
        Map.of("features", List.of("load", "wind"), "target", List.of("load")),
        new Split.ByLast(1, 1));
  }
}
