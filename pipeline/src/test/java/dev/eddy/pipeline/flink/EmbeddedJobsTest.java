package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptionsInternal;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed runs left goes; what could be resumed, or is another's, stays. */
class EmbeddedJobsTest {
  private static final String CLUSTERS = "0123456789abcdef0123456789abcdef";

  @TempDir Path directory;

  @Test
  void the_folder_of_a_job_that_has_completed_no_checkpoint_is_removed() throws IOException {
    Path job = begin();
    Files.createDirectories(job.resolve("chk-1"));
    Files.writeString(job.resolve("chk-1/part"), "of a state");
    Files.createDirectories(job.resolve("shared"));
    Files.createDirectories(job.resolve("taskowned"));

    begin();

    assertThat(job).doesNotExist();
  }

  @Test
  void of_a_job_that_can_be_resumed_only_checkpoints_that_were_not_completed_are_removed()
      throws IOException {
    Path job = begin();
    complete(job.resolve("chk-7"), "");
    Files.createDirectories(job.resolve("chk-8"));
    Files.createDirectories(job.resolve("shared"));

    begin();

    assertThat(job.resolve("chk-7/_metadata")).exists();
    assertThat(job.resolve("shared")).exists();
    assertThat(job.resolve("chk-8")).doesNotExist();
  }

  @Test
  void files_that_a_later_jobs_checkpoint_shares_stay_as_long_as_it_does() throws IOException {
    Path earlier = begin();
    Files.createDirectories(earlier.resolve("shared"));
    Files.writeString(earlier.resolve("shared/sst"), "of a state");
    Path later = begin(); // forgets the earlier one: it has no checkpoint
    Files.createDirectories(earlier.resolve("shared"));
    Files.writeString(earlier.resolve("shared/sst"), "of a state");
    Files.writeString(
        directory.resolve("embedded-jobs"), earlier.getFileName() + "\n" + later.getFileName());
    complete(later.resolve("chk-1"), "…" + earlier.resolve("shared/sst") + "…");

    begin();
    assertThat(earlier.resolve("shared/sst")).exists();

    Files.delete(later.resolve("chk-1/_metadata"));
    begin();
    assertThat(earlier).doesNotExist();
    assertThat(later).doesNotExist();
  }

  @Test
  void files_of_a_checkpoint_that_a_job_on_a_cluster_has_claimed_stay() throws IOException {
    Path job = begin();
    Files.createDirectories(job.resolve("shared"));
    Files.writeString(job.resolve("shared/sst"), "of a state");
    complete(job.resolve("chk-1"), "…" + job.resolve("shared/sst") + "…");
    Configuration cluster = claiming(job.resolve("chk-1"));

    EmbeddedJobs.handOver(cluster);
    Files.delete(job.resolve("chk-1/_metadata")); // by the job that has claimed it
    begin();

    assertThat(job.resolve("shared/sst")).exists();
  }

  @Test
  void files_of_a_checkpoint_that_a_job_of_another_directory_has_claimed_stay() throws IOException {
    Path earlier = begin();
    Files.createDirectories(earlier.resolve("shared"));
    Files.writeString(earlier.resolve("shared/sst"), "of a state");
    Path later = begin(); // forgets the earlier one: it has no checkpoint
    Files.createDirectories(earlier.resolve("shared"));
    Files.writeString(earlier.resolve("shared/sst"), "of a state");
    Files.createDirectories(later.resolve("shared"));
    Files.writeString(
        directory.resolve("embedded-jobs"), earlier.getFileName() + "\n" + later.getFileName());
    Path checkpoint = later.resolve("chk-1");
    complete(checkpoint, "…" + earlier.resolve("shared/sst") + "…");

    begin(directory.resolve("other"), checkpoint);
    Files.delete(checkpoint.resolve("_metadata")); // by the job that has claimed it
    Files.delete(checkpoint);
    begin();

    assertThat(earlier.resolve("shared/sst")).exists();
    assertThat(later.resolve("shared")).exists();
  }

  @Test
  void jobs_of_a_cluster_are_left_alone() throws IOException {
    Path writing = directory.resolve(CLUSTERS).resolve("chk-3");
    Files.createDirectories(writing);
    begin();
    begin();
    assertThat(writing).exists();
  }

  @Test
  void a_savepoint_that_was_not_completed_is_removed_and_one_that_was_stays() throws IOException {
    Path job = begin();
    String name = "savepoint-" + String.valueOf(job.getFileName()).substring(0, 6);
    Path begun = Files.createDirectories(directory.resolve(name + "-0123"));
    complete(directory.resolve(name + "-4567"), "");

    begin();

    assertThat(begun).doesNotExist();
    assertThat(directory.resolve(name + "-4567")).exists();
  }

  /** The folder of the job that begins. */
  private Path begin() throws IOException {
    Configuration flink = new Configuration();
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, directory.toUri().toString());
    EmbeddedJobs.begin(flink);
    return directory.resolve(flink.get(PipelineOptionsInternal.PIPELINE_FIXED_JOB_ID));
  }

  private static void begin(Path elsewhere, Path claimed) throws IOException {
    Configuration flink = claiming(claimed);
    flink.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, elsewhere.toUri().toString());
    EmbeddedJobs.begin(flink);
  }

  private static Configuration claiming(Path checkpoint) {
    Configuration flink = new Configuration();
    flink.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint.toUri().toString());
    flink.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
    return flink;
  }

  private static void complete(Path checkpoint, String metadata) throws IOException {
    Files.createDirectories(checkpoint);
    Files.writeString(checkpoint.resolve("_metadata"), metadata);
  }
}
