package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunLockTest {
  @TempDir Path folder;

  @Test
  void a_second_run_is_refused_until_the_first_has_ended() throws IOException {
    Configuration flink =
        Configuration.fromMap(
            Map.of("execution.checkpointing.dir", folder.resolve("a b/c").toUri().toString()));
    RunLock first = RunLock.take(flink);
    assertThatThrownBy(() -> RunLock.take(flink))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("in use by a run that has not ended");
    first.close();
    RunLock.take(flink).close();
  }
}
