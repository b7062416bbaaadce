package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What embedded Flink would stumble over is known before it starts. */
class EmbeddedRefusalsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "taskmanager.memory.network.max | 1kb | such that network memory,",
        "taskmanager.memory.segment-size | 1gb | such that network memory,",
        "parallelism.default | 100 | such that network memory,",
        "state.backend.type | papyrus | hashmap, rocksdb, or a factory on the class path",
        "restart-strategy.type | prayer | none, fixed-delay, failure-rate or exponential-delay",
        "execution.checkpointing.storage | cloud | filesystem, jobmanager, or a factory",
      })
  void a_setting_that_no_task_could_start_with_is_named(
      String name, String value, String expected) {
    assertThat(EmbeddedRefusals.of(Configuration.fromMap(Map.of(name, value))))
        .singleElement()
        .asString()
        .startsWith("flink." + name + ": " + value + " (must be " + expected);
  }

  @Test
  void what_works_is_not_refused() {
    Configuration settings =
        Configuration.fromMap(
            Map.of(
                "parallelism.default", "16",
                "state.backend.type", "rocksdb",
                "restart-strategy.type", "exponential-delay",
                "taskmanager.memory.network.max", "128mb"));

    assertThat(EmbeddedRefusals.of(settings)).isEmpty();
  }
}
