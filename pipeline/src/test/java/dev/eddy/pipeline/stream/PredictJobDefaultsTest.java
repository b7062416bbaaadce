package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.kafka.Delivery;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictJobDefaultsTest {
  private static final PredictJobSettings JOB =
      TestDeployment.settings(Map.of(), TopicSettings.named("defaults"), false);

  @Test
  void fill_what_is_left_open_and_are_what_the_job_insists_on() {
    Configuration given = new Configuration();
    given.set(PipelineOptions.NAME, "theirs");
    Configuration defaults = PredictJobDefaults.missingFrom(given, JOB);

    assertThat(defaults.contains(PipelineOptions.NAME)).isFalse();
    assertThat(defaults.get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(10));
    assertThatCode(() -> InsistedSettings.require(defaults, Delivery.EXACTLY_ONCE))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "pipeline.generic-types, true, 'true (must be false: '",
    "pipeline.auto-generate-uids, true, 'true (must be false: '",
    "execution.runtime-mode, AUTOMATIC, 'AUTOMATIC (must be STREAMING: '",
    "state.backend.type, forst, 'forst (must be hashmap or rocksdb: '",
    "execution.checkpointing.interval, 0 s, 'no checkpoints (must be a time such as 10 s: '",
    "execution.checkpointing.mode, AT_LEAST_ONCE, 'AT_LEAST_ONCE (must be EXACTLY_ONCE: '",
  })
  void what_breaks_a_promise_is_refused_in_one_line(String key, String value, String why) {
    Configuration given = Configuration.fromMap(Map.of(key, value));
    given.addAll(PredictJobDefaults.missingFrom(given, JOB));

    assertThatThrownBy(() -> InsistedSettings.require(given, Delivery.EXACTLY_ONCE))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("flink." + key + ": " + why);
  }

  @Test
  void predictions_that_may_repeat_need_no_checkpoints() {
    Configuration given = Configuration.fromMap(Map.of("execution.checkpointing.interval", "0 s"));
    given.addAll(PredictJobDefaults.missingFrom(given, JOB));

    assertThatCode(() -> InsistedSettings.require(given, Delivery.AT_LEAST_ONCE))
        .doesNotThrowAnyException();
  }

  @Test
  void a_cluster_that_lets_programs_set_nothing_must_say_it_itself() {
    Configuration given =
        Configuration.fromMap(Map.of("execution.program-config.enabled", "false"));

    assertThat(PredictJobDefaults.missingFrom(given, JOB).keySet()).isEmpty();
    assertThatThrownBy(() -> InsistedSettings.require(given, Delivery.EXACTLY_ONCE))
        .hasMessageStartingWith("flink.pipeline.generic-types: true (must be false: ");
  }
}
