package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What killed processes left goes; what others use stays. */
class ProcessFolderTest {
  @TempDir Path user;

  @Test
  void the_folder_of_a_process_that_is_gone_is_removed_with_all_that_is_in_it() throws IOException {
    Path own = folder("run-own");
    Path gone = folder("run-gone");
    Files.createDirectories(gone.resolve("minicluster_1/tm_0"));
    Files.writeString(gone.resolve("minicluster_1/tm_0/flink-rpc.jar"), "large");
    Files.writeString(gone.resolve(".lock"), "");

    ProcessFolder.removeAbandoned(own);

    assertThat(gone).doesNotExist();
    assertThat(own).exists();
  }

  @Test
  void the_folder_of_a_process_that_lives_stays() throws IOException {
    Path own = folder("run-own");
    Path living = folder("run-living");
    try (FileChannel channel =
            FileChannel.open(
                living.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      ProcessFolder.removeAbandoned(own);
      assertThat(lock.isValid()).isTrue();
      assertThat(living).exists();
    }
  }

  @Test
  void a_folder_that_nobody_has_locked_stays_while_its_process_may_be_starting()
      throws IOException {
    Path own = folder("run-own");
    Path young = folder("run-young");
    Path old = folder("run-old");
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofMinutes(10))));

    ProcessFolder.removeAbandoned(own);

    assertThat(young).exists();
    assertThat(old).doesNotExist();
  }

  @Test
  void what_is_no_processs_folder_is_left_alone() throws IOException {
    Path own = folder("run-own");
    Path log = Files.writeString(user.resolve("eddy.log"), "");
    Path other = folder("something");
    Files.writeString(other.resolve(".lock"), "");

    ProcessFolder.removeAbandoned(own);

    assertThat(log).exists();
    assertThat(other).exists();
  }

  private Path folder(String name) throws IOException {
    return Files.createDirectories(user.resolve(name));
  }
}
