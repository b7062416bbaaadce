package dev.eddy.pipeline.flink;

import dev.eddy.settings.FileFault;
import dev.eddy.settings.UserMistake;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.RecoveryClaimMode;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;

/**
 * Finds the checkpoints that a deployment's runs left behind, {@code <directory>/<job id>/chk-<n>},
 * and the savepoints with which they were stopped, {@code <directory>/savepoint-<id>}. Each
 * deployment needs a directory of its own. Only the newest completed checkpoint is one to resume
 * from: what it covers is committed to Kafka or will be, so an older one would repeat predictions.
 */
public final class CheckpointDirectory {
  private static final Pattern CHECKPOINT = Pattern.compile("chk-(\\d+)");
  private static final Pattern JOB = Pattern.compile("[0-9a-f]{32}");
  private static final Pattern SAVEPOINT = Pattern.compile("savepoint-.*()");
  private static final String METADATA = "_metadata";

  /** Where Flink keeps what checkpoints of a job, and of jobs after it, have in common. */
  private static final List<String> SHARED = List.of("shared", "taskowned");

  /** A completed checkpoint; its metadata file is the last one written. */
  private record Completed(Path path, long modified, long number) {}

  private CheckpointDirectory() {}

  /**
   * The newest completed checkpoint below a directory of any file system of Flink's.
   *
   * @param directory as in {@code execution.checkpointing.dir}
   * @return its path; empty if there is none or no such directory
   */
  public static Optional<String> newest(String directory) throws IOException {
    Path root = new Path(directory);
    FileSystem fileSystem = root.getFileSystem();
    List<Completed> completed = new ArrayList<>();
    for (FileStatus job : children(fileSystem, root)) {
      completed(fileSystem, job.getPath(), SAVEPOINT).ifPresent(completed::add);
      for (FileStatus checkpoint : children(fileSystem, job.getPath())) {
        completed(fileSystem, checkpoint.getPath(), CHECKPOINT).ifPresent(completed::add);
      }
    }
    return completed.stream()
        .max(Comparator.comparingLong(Completed::modified).thenComparingLong(Completed::number))
        .map(newest -> newest.path().toString());
  }

  /**
   * Makes a job resume from the newest checkpoint of its {@code execution.checkpointing.dir}, which
   * it then owns and cleans up.
   *
   * @return the checkpoint; empty if there is none, so that the job begins anew
   */
  public static Optional<String> resume(Configuration flink) throws IOException {
    Optional<String> directory = flink.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    Optional<String> newest = directory.isEmpty() ? directory : newest(directory.get());
    if (newest.isPresent()) {
      requireReadable(newest.get());
    }
    newest.ifPresent(
        checkpoint -> {
          flink.set(StateRecoveryOptions.SAVEPOINT_PATH, checkpoint);
          flink.set(StateRecoveryOptions.RESTORE_MODE, RecoveryClaimMode.CLAIM);
        });
    return newest;
  }

  /**
   * Makes sure that a checkpoint or a savepoint can be resumed from, as far as its metadata tell.
   *
   * @throws UserMistake if they are not whole, or none
   */
  public static void requireReadable(String checkpoint) {
    Path said = new Path(checkpoint);
    Path metadata = said.getName().equals(METADATA) ? said : new Path(said, METADATA);
    try (DataInputStream in = new DataInputStream(metadata.getFileSystem().open(metadata))) {
      Checkpoints.loadCheckpointMetadata(
          in, CheckpointDirectory.class.getClassLoader(), checkpoint);
    } catch (IOException | RuntimeException e) {
      String fault =
          e instanceof EOFException
              ? "ends too early"
              : e instanceof IOException io ? FileFault.of(io) : String.valueOf(e.getMessage());
      throw new UserMistake(
          metadata
              + ": "
              + fault
              + " (must be a whole checkpoint's: resume from another one, or begin anew with"
              + " --fresh)",
          e);
    }
  }

  /**
   * Moves the checkpoints and savepoints of a job's {@code execution.checkpointing.dir} aside, so
   * that it begins anew and nothing is lost: they can be resumed from where they are then. For that
   * the files that checkpoints share stay where they were, because these are named by their whole
   * path. Whatever else lies there stays.
   *
   * @return where they are now; empty if there were none
   */
  public static Optional<String> setAside(Configuration flink) throws IOException {
    Optional<String> directory = flink.getOptional(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    if (directory.isEmpty() || newest(directory.get()).isEmpty()) {
      return Optional.empty();
    }
    Path root = new Path(directory.get());
    FileSystem fileSystem = root.getFileSystem();
    Path aside = root.suffix(".until-" + System.currentTimeMillis());
    fileSystem.mkdirs(aside);
    for (FileStatus child : children(fileSystem, root)) {
      if (isOfJob(fileSystem, child)) {
        setAside(fileSystem, child.getPath(), aside);
      }
    }
    EmbeddedJobs.forgetAll(flink); // or what is shared would be tidied away
    return Optional.of(aside.toString());
  }

  private static void setAside(FileSystem fileSystem, Path job, Path aside) throws IOException {
    Path place = new Path(aside, job.getName());
    if (!sharesFiles(fileSystem, job)) {
      move(fileSystem, job, place);
      return;
    }
    for (FileStatus within : children(fileSystem, job)) {
      if (CHECKPOINT.matcher(within.getPath().getName()).matches()) {
        fileSystem.mkdirs(place);
        move(fileSystem, within.getPath(), new Path(place, within.getPath().getName()));
      }
    }
  }

  private static boolean sharesFiles(FileSystem fileSystem, Path job) throws IOException {
    for (String folder : SHARED) {
      if (!children(fileSystem, new Path(job, folder)).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static void move(FileSystem fileSystem, Path from, Path to) throws IOException {
    if (!fileSystem.rename(from, to)) {
      throw new IOException(from + ": cannot be moved to " + to);
    }
  }

  private static boolean isOfJob(FileSystem fileSystem, FileStatus child) throws IOException {
    if (!child.isDir()) {
      return false;
    }
    String name = child.getPath().getName();
    // One without a checkpoint of its own may hold files that checkpoints of later jobs share.
    if (SAVEPOINT.matcher(name).matches() || JOB.matcher(name).matches()) {
      return true;
    }
    for (FileStatus within : children(fileSystem, child.getPath())) {
      if (CHECKPOINT.matcher(within.getPath().getName()).matches()) {
        return true;
      }
    }
    return false;
  }

  /** Whether a savepoint or checkpoint is complete there. */
  public static boolean holds(String checkpoint) throws IOException {
    Path path = new Path(checkpoint);
    FileSystem fileSystem = path.getFileSystem();
    return fileSystem.exists(new Path(path, METADATA))
        || (path.getName().equals(METADATA) && fileSystem.exists(path));
  }

  private static Optional<Completed> completed(
      FileSystem fileSystem, Path checkpoint, Pattern pattern) throws IOException {
    Matcher name = pattern.matcher(checkpoint.getName());
    Path metadata = new Path(checkpoint, METADATA);
    if (!name.matches() || !fileSystem.exists(metadata)) {
      return Optional.empty();
    }
    long modified = fileSystem.getFileStatus(metadata).getModificationTime();
    // A run that was stopped with a savepoint makes no checkpoint after it.
    long number = name.group(1).isEmpty() ? Long.MAX_VALUE : Long.parseLong(name.group(1));
    return Optional.of(new Completed(checkpoint, modified, number));
  }

  private static List<FileStatus> children(FileSystem fileSystem, Path directory)
      throws IOException {
    try {
      FileStatus[] children = fileSystem.listStatus(directory);
      return children == null ? List.of() : List.of(children);
    } catch (FileNotFoundException absent) {
      return List.of();
    }
  }
}
