package dev.eddy.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointDirectoryTest {
  @TempDir Path directory;

  @Test
  void there_is_none_in_an_empty_or_absent_directory() throws IOException {
    assertThat(CheckpointDirectory.newest(directory.toUri().toString())).isEmpty();
    assertThat(CheckpointDirectory.newest(directory.resolve("absent").toString())).isEmpty();
  }

  @Test
  void the_one_completed_last_is_the_newest_whatever_its_run_and_number() throws IOException {
    complete("run1", 9, 1000);
    complete("run2", 2, 3000);
    complete("run2", 1, 2000);
    assertThat(newest()).hasValueSatisfying(found -> assertThat(found).endsWith("run2/chk-2"));
  }

  @Test
  void numbers_decide_between_equal_times() throws IOException {
    complete("run", 9, 1000);
    complete("run", 10, 1000);
    assertThat(newest()).hasValueSatisfying(found -> assertThat(found).endsWith("run/chk-10"));
  }

  @Test
  void a_checkpoint_without_metadata_was_never_completed() throws IOException {
    complete("run", 1, 1000);
    Files.createDirectories(directory.resolve("run/chk-2"));
    Files.createDirectories(directory.resolve("run/shared"));
    Files.createFile(directory.resolve("run/shared/_metadata"));
    assertThat(newest()).hasValueSatisfying(found -> assertThat(found).endsWith("run/chk-1"));
  }

  @Test
  void resuming_claims_the_newest_checkpoint() throws IOException {
    complete("run", 4, 1000);
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());

    Optional<String> resumed = CheckpointDirectory.resume(flink);

    assertThat(resumed).isEqualTo(newest());
    assertThat(flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH)).isEqualTo(resumed);
    assertThat(flink.get(StateRecoveryOptions.RESTORE_MODE)).isEqualTo(RecoveryClaimMode.CLAIM);
  }

  @Test
  void without_a_checkpoint_the_job_begins_anew() throws IOException {
    Configuration flink = new Configuration();
    assertThat(CheckpointDirectory.resume(flink)).isEmpty();
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    assertThat(CheckpointDirectory.resume(flink)).isEmpty();
    assertThat(flink.getOptional(StateRecoveryOptions.SAVEPOINT_PATH)).isEmpty();
  }

  private Optional<String> newest() throws IOException {
    return CheckpointDirectory.newest(directory.toUri().toString());
  }

  private void complete(String run, int number, long modified) throws IOException {
    Path checkpoint = Files.createDirectories(directory.resolve(run).resolve("chk-" + number));
    Path metadata = Files.createFile(checkpoint.resolve("_metadata"));
    Files.setLastModifiedTime(metadata, FileTime.fromMillis(modified));
  }
}
