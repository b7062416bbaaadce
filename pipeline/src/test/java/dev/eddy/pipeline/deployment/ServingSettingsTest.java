package dev.eddy.pipeline.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.pipeline.operator.TestModels;
import dev.eddy.pipeline.stream.PredictJobDefaults;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.pipeline.version.SwapPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.Test;

class ServingSettingsTest {
  @Test
  void what_is_wrong_is_refused_with_its_name_and_value() {
    assertRefused("serving.max-batch: 0 (must be 1 to 100000)", 0, 5, 1, 0);
    assertRefused("serving.linger: 0 ms (must be 1 ms to 1 h)", 1, 0, 1, 0);
    assertRefused("serving.forget-after: 0 ms (must be 1 ms to 365000 d)", 1, 5, 0, 0);
    assertRefused("serving.activation-lead: -1 ms (must be 0 ms to 365000 d)", 1, 5, 1, -1);
  }

  @Test
  void flinks_settings_of_the_deployment_come_before_the_jobs_defaults() {
    PredictJobSettings job =
        TestDeployment.settings(
            Map.of("bootstrap.servers", "localhost:9092"), TopicSettings.named("weather"), false);
    Configuration given = new Configuration();
    given.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));

    Configuration missing = PredictJobDefaults.missingFrom(given, job);

    assertThat(missing.getOptional(CheckpointingOptions.CHECKPOINTING_INTERVAL)).isEmpty();
    assertThat(missing.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(128);
    assertThat(missing.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(missing.get(PipelineOptions.NAME)).isEqualTo("eddy " + TestModels.NAME);
  }

  private static void assertRefused(
      String message, int maxBatch, long linger, long forgetAfter, long lead) {
    assertThatThrownBy(
            () ->
                new ServingSettings(
                    maxBatch,
                    Duration.ofMillis(linger),
                    Delivery.EXACTLY_ONCE,
                    EngineKind.AUTO,
                    SwapPolicy.CARRY,
                    64,
                    Optional.of(Duration.ofMillis(forgetAfter)),
                    Duration.ofMillis(lead),
                    List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
