package dev.eddy.pipeline.flink;

import dev.eddy.settings.UserMistake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;

/**
 * Keeps the checkpoints of a directory for one deployment and one topic, whose names are in files
 * beside them. The newest checkpoint of a directory is resumed from, so it must be the
 * deployment's. And a checkpoint holds offsets: on another topic, or on one of the same name that
 * was made anew, they would skip records or repeat them without a word.
 */
public final class CheckpointOwner {
  private static final String DEPLOYMENT = "deployment";
  private static final String TOPIC = "observations-topic";

  private CheckpointOwner() {}

  /**
   * Makes a deployment the owner of a job's {@code execution.checkpointing.dir}, unless there are
   * checkpoints of another, or of nobody knows whom.
   *
   * @param takeOver whether those of nobody knows whom are to become its own
   * @throws UserMistake if there are
   */
  public static void requireDeployment(Configuration flink, String deployment, boolean takeOver)
      throws IOException {
    String directory = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    if (directory == null) {
      return;
    }
    Path file = new Path(directory, DEPLOYMENT);
    FileSystem fileSystem = file.getFileSystem();
    // Before deployments were named here, a topic was, by the only one that there was.
    boolean named = takeOver || fileSystem.exists(new Path(directory, TOPIC));
    String owner = read(fileSystem, file, named ? deployment : "unknown");
    Optional<String> newest = CheckpointDirectory.newest(directory);
    if (!owner.equals(deployment) && newest.isPresent()) {
      throw new UserMistake(
          "checkpoints in "
              + directory
              + ": of deployment "
              + owner
              + " (must be of "
              + deployment
              + " alone: give it a directory of its own, or begin with --from-savepoint "
              + newest.get()
              + ")");
    }
    write(fileSystem, file, deployment);
  }

  /**
   * Makes a topic the owner of a job's {@code execution.checkpointing.dir}, unless there are
   * checkpoints of another.
   *
   * @param topic its name and its id
   * @throws UserMistake if there are
   */
  public static void requireTopic(Configuration flink, String topic) throws IOException {
    String directory = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    if (directory == null) {
      return;
    }
    Path file = new Path(directory, TOPIC);
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
    write(fileSystem, file, topic);
  }

  private static void write(FileSystem fileSystem, Path file, String owner) throws IOException {
    try (FSDataOutputStream out = fileSystem.create(file, FileSystem.WriteMode.OVERWRITE)) {
      out.write(owner.getBytes(StandardCharsets.UTF_8));
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
