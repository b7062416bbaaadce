package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class SettingsPrecedenceTest {
  private static final Configuration WANTED =
      Configuration.fromMap(
          Map.of(
              "execution.checkpointing.dir", "file:///program",
              "execution.checkpointing.interval", "1 s",
              "some.plugin", "of the program"));

  @Test
  void what_the_cluster_says_stays_and_the_program_fills_the_rest() {
    Configuration cluster =
        Configuration.fromMap(
            Map.of("execution.checkpointing.interval", "9 s", "some.plugin", "of the cluster"));

    assertThat(SettingsPrecedence.leftOpen(cluster, WANTED).toMap())
        .containsOnly(Map.entry("execution.checkpointing.dir", "file:///program"));
    assertThat(SettingsPrecedence.overruled(cluster, WANTED))
        .containsExactly("execution.checkpointing.interval", "some.plugin");
  }

  @Test
  void a_program_says_nothing_of_the_clusters_processes() {
    Configuration wanted =
        Configuration.fromMap(
            Map.of("rest.port", "8082", "state.backend.rocksdb.memory.fixed-per-slot", "64 mb"));

    assertThat(SettingsPrecedence.leftOpen(new Configuration(), wanted).keySet())
        .containsExactly("state.backend.rocksdb.memory.fixed-per-slot");
  }

  @Test
  void an_older_name_of_a_setting_counts_as_the_setting() {
    Configuration cluster = Configuration.fromMap(Map.of("state.checkpoints.dir", "file:///c"));

    assertThat(SettingsPrecedence.overruled(cluster, WANTED))
        .containsExactly("execution.checkpointing.dir");
    assertThat(
            SettingsPrecedence.overruled(
                Configuration.fromMap(Map.of("execution.state-recovery.path", "file:///c/chk-1")),
                Configuration.fromMap(Map.of("execution.savepoint.path", "file:///p/chk-2"))))
        .containsExactly("execution.savepoint.path");
  }

  @Test
  void only_what_concerns_a_single_job_is_taken_from_a_clusters_configuration() {
    assertThat(
            SettingsPrecedence.ofJobs(
                    Map.of(
                        "parallelism.default", "3",
                        "state.backend.type", "rocksdb",
                        "restart-strategy.type", "none",
                        "s3.secret-key", "******",
                        "rest.port", "8081"))
                .keySet())
        .containsExactlyInAnyOrder(
            "parallelism.default", "state.backend.type", "restart-strategy.type");
  }

  @Test
  void a_cluster_that_forbids_programs_to_configure_gets_only_what_it_leaves_free() {
    Configuration cluster =
        Configuration.fromMap(
            Map.of(
                "execution.program-config.enabled", "false",
                "execution.program-config.wildcards", "execution.checkpointing.interval"));

    assertThat(SettingsPrecedence.permitted(cluster, WANTED).keySet())
        .containsExactly("execution.checkpointing.interval");
    assertThat(SettingsPrecedence.permitted(new Configuration(), WANTED)).isEqualTo(WANTED);
  }
}
