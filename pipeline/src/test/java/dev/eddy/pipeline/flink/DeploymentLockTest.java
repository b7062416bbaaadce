package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeploymentLockTest {
  @TempDir Path folder;

  @Test
  void a_second_run_is_refused_whichever_file_it_is_started_by() throws IOException {
    DeploymentLock first = take("kafka", "weather", "/a/weather.yaml");
    assertThatThrownBy(() -> take("kafka", "weather", "/b/weather.yaml"))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "deployment weather: runs already, by process "
                + ProcessHandle.current().pid()
                + " from /a/weather.yaml (must be one alone)");
    first.close();
    take("kafka", "weather", "/b/weather.yaml").close();
  }

  @Test
  void other_deployments_and_other_brokers_are_not_in_the_way() throws IOException {
    List<DeploymentLock> together =
        List.of(
            take("kafka", "weather", "w.yaml"),
            take("kafka", "weather-2", "w.yaml"),
            take("other", "weather", "w.yaml"));
    for (DeploymentLock each : together) {
      each.close();
    }
  }

  @Test
  void another_user_can_lock_what_was_locked_before() throws IOException {
    take("kafka", "weather", "w.yaml").close();
    try (Stream<Path> locks = Files.list(folder)) {
      Path lock = locks.findAny().orElseThrow();
      assertThat(Files.getPosixFilePermissions(lock))
          .isEqualTo(PosixFilePermissions.fromString("rw-rw-rw-"));
    }
  }

  @Test
  void where_no_lock_can_be_had_nothing_is_refused() throws IOException {
    DeploymentLock.take(folder.resolve("missing"), "kafka", "weather", Path.of("w.yaml")).close();
  }

  private DeploymentLock take(String kafka, String deployment, String file) {
    return DeploymentLock.take(folder, kafka, deployment, Path.of(file));
  }
}
