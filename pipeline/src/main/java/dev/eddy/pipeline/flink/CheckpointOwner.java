package dev.eddy.pipeline.flink;

import dev.eddy.settings.UserMistake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Keeps the checkpoints of a directory for one topic, whose name is in a file beside them. A
 * checkpoint holds offsets: on another topic, or on one of the same name that was made anew, they
 * would skip records or repeat them without a word.
 */
public final class CheckpointOwner {
  private static final String FILE = "observations-topic";

  private CheckpointOwner() {}

  /**
   * Makes a topic the owner of a job's {@code execution.checkpointing.dir}, unless there are
   * checkpoints of another.
   *
   * @param topic its name and its id
   * @throws UserMistake if there are
   */
  public static void require(Configuration flink, String topic) throws IOException {
    String directory = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    if (directory == null) {
      return;
    }
    Path file = new Path(directory, FILE);
    FileSystem fileSystem = file.getFileSystem();
    String owner = read(fileSystem, file, topic);
    if (!owner.equals(topic) && CheckpointDirectory.newest(directory).isPresent()) {
      throw new UserMistake(
          "checkpoints in "
              + directory
              + ": of topic "
              + owner
              + " (must be of "
              + topic
              + "; --fresh sets them aside and begins anew)");
    }
    try (FSDataOutputStream out = fileSystem.create(file, FileSystem.WriteMode.OVERWRITE)) {
      out.write(topic.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String read(FileSystem fileSystem, Path file, String absent) throws IOException {
    try (FSDataInputStream in = fileSystem.open(file)) {
      String owner = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return owner.isEmpty() ? absent : owner; // empty: a run was ended while it wrote
    } catch (FileNotFoundException e) {
      return absent;
    }
  }
}
