package dev.eddy.pipeline.passed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.settings.UserMistake;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands under {@code flink} is refused where Flink would not take it, and passed on else. */
class PassedToFlinkTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "taskmanager.memory.managed.size | lots | must be a size such as 64 mb",
        "taskmanager.memory.network.max | -1 mb | must be a size such as 64 mb",
        "rest.port | abc | must be a whole number",
        "rest.port | 65536 | must be 0 to 65535",
        "jobmanager.rpc.port | -1 | must be 0 to 65535",
        "parallelism.default | 0 | must be 1 or more",
        "parallelism.default | many | must be a whole number",
        "parallelism.default | 129 | must be at most 128, which is pipeline.max-parallelism unless",
        "pipeline.max-parallelism | 32769 | must be 1 to 32768",
        "execution.checkpointing.interval | often | must be a time such as 10 s",
        "execution.checkpointing.mode | twice | must be one of EXACTLY_ONCE, AT_LEAST_ONCE",
        "pipeline.object-reuse | maybe | must be true or false",
        "taskmanager.memory.network.fraction | half | must be a number",
        "state.backend.incremental | perhaps | must be true or false",
      })
  void a_value_that_flink_cannot_take_is_refused_with_what_it_takes(
      String name, String value, String expected) {
    assertThatThrownBy(() -> PassedToFlink.require(Map.of(name, value)))
        .isInstanceOf(UserMistake.class)
        .message()
        .startsWith("flink." + name + ": " + value + " (" + expected)
        .endsWith(")")
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @CsvSource({
    "execution.checkpointing.intervall, execution.checkpointing.interval",
    "paralelism.default, parallelism.default",
    "taskmanager.memory.managed.sise, taskmanager.memory.managed.size",
    "restart-strategy.typ, restart-strategy.type",
    "state.backend.rocksdb.memory.manged, state.backend.rocksdb.memory.managed",
  })
  void a_slip_is_refused_with_the_right_name(String written, String right) {
    assertThatThrownBy(() -> PassedToFlink.require(Map.of(written, "1")))
        .isInstanceOf(UserMistake.class)
        .hasMessage("flink." + written + ": unknown setting (did you mean " + right + "?)");
  }

  @Test
  void more_parallel_instances_than_128_need_a_maximum_that_allows_them() {
    Map<String, String> allowed =
        Map.of("parallelism.default", "200", "pipeline.max-parallelism", "256");

    assertThatCode(() -> PassedToFlink.require(allowed)).doesNotThrowAnyException();
  }

  @Test
  void settings_of_plugins_pass() {
    Map<String, String> plugins =
        Map.of(
            "metrics.reporter.prom.factory.class", "x",
            "s3.access-key", "secret",
            "fs.s3a.endpoint", "http://localhost",
            "kubernetes.cluster-id", "eddy",
            "flink.hadoop.fs.defaultFS", "hdfs://namenode");

    assertThatCode(() -> PassedToFlink.require(plugins)).doesNotThrowAnyException();
    assertThat(PassedToFlink.unknown(plugins)).isEmpty();
  }

  @Test
  void a_name_that_nobody_knows_is_passed_on_and_said() {
    Map<String, String> own = Map.of("my-plugin.switch", "on");

    assertThatCode(() -> PassedToFlink.require(own)).doesNotThrowAnyException();
    assertThat(PassedToFlink.unknown(own))
        .singleElement()
        .asString()
        .startsWith("flink.my-plugin.switch: unknown setting (passed on for plugins that know it");
  }

  @Test
  void what_is_secret_is_not_repeated() {
    Map<String, String> secret = Map.of("security.ssl.rest.key-password", "hunter2");

    assertThatCode(() -> PassedToFlink.require(secret)).doesNotThrowAnyException();
  }
}
