package dev.eddy.pipeline.flink;

import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a second run from using the checkpoints of the first, on one machine. The operating system
 * gives the lock back however the process ends.
 */
public final class RunLock implements AutoCloseable {
  private final @Nullable FileChannel channel; // null where checkpoints are in no local directory

  private RunLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a job's {@code execution.checkpointing.dir}.
   *
   * @throws UserMistake if another run holds it
   */
  public static RunLock take(Configuration flink) throws IOException {
    String directory = flink.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY);
    if (directory == null) {
      return new RunLock(null);
    }
    var root = new org.apache.flink.core.fs.Path(directory);
    if (root.getFileSystem().isDistributedFS()) {
      return new RunLock(null);
    }
    // Beside the directory, which --fresh moves away.
    Path file = Path.of(root.getPath() + ".lock");
    Files.createDirectories(Optional.ofNullable(file.getParent()).orElse(Path.of("")));
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (locks(channel)) {
      return new RunLock(channel);
    }
    channel.close();
    throw new UserMistake(
        "checkpoints in " + directory + ": in use by a run that has not ended (must be one alone)");
  }

  static boolean locks(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException heldByThisProcess) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
