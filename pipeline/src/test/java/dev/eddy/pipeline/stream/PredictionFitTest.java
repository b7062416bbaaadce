package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.kafka.client.Topics;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.util.ProcessFunctionTestHarnesses;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;

/** What the predictions' topic would refuse goes to the dead letters, and the rest goes on. */
class PredictionFitTest {
  private static final PredictionShape SHAPE =
      new PredictionShape.Forecast("test@1", List.of("load"), List.of(1), List.of(0.5), 0);

  @Test
  void a_prediction_that_its_topic_would_refuse_is_a_dead_letter() throws Exception {
    try (EmbeddedKafka kafka = EmbeddedKafka.start();
        Topics topics = Topics.connect(kafka.client());
        Admin admin = Admin.create(Map.copyOf(kafka.client()))) {
      TopicSettings names = TopicSettings.named("fit");
      topics.create(names.predictions(), 1);
      var resource = new ConfigResource(ConfigResource.Type.TOPIC, names.predictions());
      var small = new AlterConfigOp(new ConfigEntry("max.message.bytes", "4000"), OpType.SET);
      admin.incrementalAlterConfigs(Map.of(resource, List.of(small))).all().get();
      PredictionFit fit = new PredictionFit(TestDeployment.settings(kafka.client(), names, false));
      try (var harness = ProcessFunctionTestHarnesses.forProcessFunction(fit)) {
        harness.processElement(prediction("short", 7), 0);
        harness.processElement(prediction("k".repeat(5000), 8), 0);

        assertThat(harness.extractOutputValues())
            .extracting(Prediction::offset)
            .containsExactly(7L);
        DeadLetter letter = harness.getSideOutput(PredictionFit.TOO_LARGE).remove().getValue();
        assertThat(letter.reason()).isEqualTo(Reasons.PREDICTION_TOO_LARGE);
        assertThat(letter.offset()).isEqualTo(8);
        assertThat(letter.topic()).isEqualTo(names.observations());
        assertThat(letter.detail()).contains("max.message.bytes of " + names.predictions());
      }
    }
  }

  private static Prediction prediction(String key, long offset) {
    return new Prediction(key, 0, 0, offset, SHAPE, new double[] {1});
  }
}
