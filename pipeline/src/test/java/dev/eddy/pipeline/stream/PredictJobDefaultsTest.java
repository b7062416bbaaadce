package dev.eddy.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.kafka.client.TransactionTimeout;
import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.pipeline.deployment.TestDeployment;
import dev.eddy.pipeline.deployment.TopicSettings;
import dev.eddy.settings.UserMistake;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
    "state.changelog.enabled, true, 'true (must be false: '",
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
  void a_checkpoint_that_may_take_longer_than_its_transaction_is_open_is_refused() {
    TransactionTimeout minutes = timeout(Duration.ofMinutes(5));
    Configuration usual = new Configuration();
    usual.addAll(PredictJobDefaults.missingFrom(usual, JOB));
    usual.addAll(CommitInTime.missingFrom(usual, minutes));
    assertThat(usual.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(150));
    assertThatCode(() -> CommitInTime.require(usual, minutes)).doesNotThrowAnyException();

    Configuration slow =
        Configuration.fromMap(Map.of("execution.checkpointing.interval", "20 min"));
    assertThatThrownBy(() -> CommitInTime.require(slow, timeout(Duration.ofMinutes(15))))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "flink.execution.checkpointing.interval: 1200 s, timeout: 600 s, min-pause: 0 s: a"
                + " transaction may be open for 1800 s (must be at most"
                + " kafka.transaction.timeout.ms, 900 s, after which the broker aborts what is not"
                + " committed)");
  }

  @Test
  void a_commit_is_not_in_time_where_all_failures_are_tolerated() {
    Configuration flink =
        Configuration.fromMap(
            Map.of(
                "execution.checkpointing.interval",
                "1 h",
                "execution.checkpointing.tolerable-failed-checkpoints",
                "2147483647"));
    assertThatThrownBy(() -> CommitInTime.require(flink, timeout(Duration.ofMinutes(15))))
        .isInstanceOf(UserMistake.class);
  }

  @ParameterizedTest
  @CsvSource({
    // interval, timeout, min-pause, tolerated failures: longest
    "10 s, 100 s, 0 s, 0, 200", // the second barrier waits for the first checkpoint
    "10 s, 100 s, 60 s, 0, 260", // and for the pause after it
    "300 s, 100 s, 60 s, 0, 400",
    "10 s, 100 s, 0 s, 2, 400", // committed with the third
  })
  void two_slow_checkpoints_in_a_row_are_in_time(
      String interval, String timeout, String pause, String tolerated, long longest) {
    Configuration flink =
        Configuration.fromMap(
            Map.of(
                "execution.checkpointing.interval", interval,
                "execution.checkpointing.timeout", timeout,
                "execution.checkpointing.min-pause", pause,
                "execution.checkpointing.tolerable-failed-checkpoints", tolerated));
    assertThatCode(() -> CommitInTime.require(flink, timeout(Duration.ofSeconds(longest))))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> CommitInTime.require(flink, timeout(Duration.ofSeconds(longest - 1))))
        .isInstanceOf(UserMistake.class);

    flink.removeConfig(CheckpointingOptions.CHECKPOINTING_TIMEOUT);
    flink.addAll(CommitInTime.missingFrom(flink, timeout(Duration.ofSeconds(longest))));
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_TIMEOUT))
        .isEqualTo(Duration.ofSeconds(100));
  }

  @Test
  void a_transaction_timeout_above_the_brokers_is_refused() {
    TransactionTimeout long15 =
        new TransactionTimeout(Duration.ofMinutes(15), Optional.of(Duration.ofMinutes(5)));
    assertThatThrownBy(() -> CommitInTime.require(new Configuration(), long15))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "kafka.transaction.timeout.ms: 900000 (must be at most 300000, the broker's"
                + " transaction.max.timeout.ms)");
  }

  private static TransactionTimeout timeout(Duration length) {
    return new TransactionTimeout(length, Optional.empty());
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
