package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {
  @TempDir Path folder;

  @Test
  void finds_the_newest_completed_checkpoint_of_any_job() throws IOException {
    completed("first/chk-9", 1000);
    completed("second/chk-3", 2000);
    Files.createDirectories(folder.resolve("c/second/chk-4")); // not completed

    assertThat(CheckpointDirectory.newest(directory())).get().asString().endsWith("second/chk-3");
  }

  @Test
  void finds_the_savepoint_that_a_run_was_stopped_with() throws IOException {
    completed("first/chk-9", 2000);
    completed("savepoint-12ab-34cd", 2000);

    assertThat(CheckpointDirectory.newest(directory()))
        .get()
        .asString()
        .endsWith("savepoint-12ab-34cd");
  }

  @Test
  void sets_checkpoints_aside_without_losing_them() throws IOException {
    completed("first/chk-9", 1000);
    Configuration flink = Configuration.fromMap(Map.of("execution.checkpointing.dir", directory()));

    String aside = CheckpointDirectory.setAside(flink).orElseThrow();

    assertThat(CheckpointDirectory.newest(directory())).isEmpty();
    assertThat(CheckpointDirectory.newest(aside)).get().asString().endsWith("first/chk-9");
    assertThat(CheckpointDirectory.setAside(flink)).isEmpty();
  }

  @Test
  void leaves_what_checkpoints_share_where_they_name_it() throws IOException {
    completed("first/chk-9", 1000);
    Path shared = folder.resolve("c/first/shared/part");
    Files.createDirectories(shared.getParent());
    Files.writeString(shared, "");
    Files.writeString(folder.resolve("c/embedded-jobs"), "first");
    Configuration flink = Configuration.fromMap(Map.of("execution.checkpointing.dir", directory()));

    String aside = CheckpointDirectory.setAside(flink).orElseThrow();

    assertThat(CheckpointDirectory.newest(directory())).isEmpty();
    assertThat(CheckpointDirectory.newest(aside)).get().asString().endsWith("first/chk-9");
    assertThat(shared).exists();
    assertThat(folder.resolve("c/embedded-jobs")).as("who would tidy it away").doesNotExist();
    assertThat(CheckpointDirectory.setAside(flink)).isEmpty();
  }

  @Test
  void a_truncated_checkpoint_is_named_and_not_resumed_from() throws IOException {
    completed("first/chk-9", 1000);
    Configuration flink = Configuration.fromMap(Map.of("execution.checkpointing.dir", directory()));

    assertThatThrownBy(() -> CheckpointDirectory.resume(flink))
        .isInstanceOf(UserMistake.class)
        .hasMessageMatching(
            ".*first/chk-9/_metadata: ends too early \\(must be a whole checkpoint's:"
                + " .*--fresh\\)");
  }

  private String directory() {
    return folder.resolve("c").toUri().toString();
  }

  private void completed(String checkpoint, long modified) throws IOException {
    Path metadata = folder.resolve("c").resolve(checkpoint).resolve("_metadata");
    Files.createDirectories(metadata.getParent());
    Files.writeString(metadata, "");
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(modified));
  }
}
