package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where task managers may yet come, or a job runs on fewer, too few slots are no mistake. */
class ClusterOverviewTest {
  @ParameterizedTest
  @CsvSource({
    "kubernetes.cluster-id, eddy",
    "yarn.application.name, eddy",
    "jobmanager.scheduler, adaptive",
    "scheduler-mode, reactive"
  })
  void a_cluster_is_elastic_by_what_its_job_manager_was_started_with(String key, String value) {
    assertThat(ClusterOverview.elastic(Map.of(key, value))).isTrue();
  }

  @Test
  void one_of_a_fixed_size_is_not() {
    assertThat(ClusterOverview.elastic(Map.of("jobmanager.scheduler", "default"))).isFalse();
    assertThat(ClusterOverview.elastic(Map.of())).isFalse();
  }
}
