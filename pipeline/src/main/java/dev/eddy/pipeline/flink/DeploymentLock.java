package dev.eddy.pipeline.flink;

import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a second run of a deployment from starting beside the first, on one machine, whichever file
 * and user it is started by: each would abort the other's transactions. A deployment is known by
 * its id and its Kafka. The operating system gives the lock back however the process ends; its file
 * stays, because to remove it would let two runs lock two files of one name.
 */
public final class DeploymentLock implements AutoCloseable {
  /** The system property in which the launcher names the folder that all processes share. */
  static final String SHARED = "eddy.shared-tmp";

  private static final Logger LOG = LoggerFactory.getLogger(DeploymentLock.class);

  private final @Nullable FileChannel channel; // null where no lock could be had

  private DeploymentLock(@Nullable FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Locks a deployment.
   *
   * @param kafka id of the Kafka cluster
   * @param deployment its id
   * @param file by which it is started, for who is refused
   * @throws UserMistake if another run holds it
   */
  public static DeploymentLock take(String kafka, String deployment, Path file) {
    return take(shared(), kafka, deployment, file);
  }

  /** The launcher gives each process a temporary folder of its own, and names the common one. */
  private static Path shared() {
    return Path.of(System.getProperty(SHARED, System.getProperty("java.io.tmpdir")));
  }

  static DeploymentLock take(Path folder, String kafka, String deployment, Path file) {
    UUID both = UUID.nameUUIDFromBytes((kafka + "/" + deployment).getBytes(StandardCharsets.UTF_8));
    Path lock = folder.resolve("eddy-" + both + ".lock");
    try {
      FileChannel channel = open(lock);
      if (!RunLock.locks(channel)) {
        channel.close();
        throw new UserMistake(
            "deployment "
                + deployment
                + ": runs already, by "
                + Files.readString(lock)
                + " (must be one alone)");
      }
      String holder = "process " + ProcessHandle.current().pid() + " from " + file.toAbsolutePath();
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(holder.getBytes(StandardCharsets.UTF_8)));
      return new DeploymentLock(channel);
    } catch (IOException e) {
      LOG.warn("{}: no lock, so a second run on this machine is not refused here", lock, e);
      return new DeploymentLock(null);
    }
  }

  /** Systems forbid to open another user's file in a shared folder as if it were to be created. */
  private static FileChannel open(Path lock) throws IOException {
    try {
      return FileChannel.open(lock, StandardOpenOption.WRITE);
    } catch (NoSuchFileException first) {
      FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (Files.getFileStore(lock).supportsFileAttributeView("posix")) {
        Files.setPosixFilePermissions(lock, PosixFilePermissions.fromString("rw-rw-rw-"));
      }
      return channel;
    }
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
