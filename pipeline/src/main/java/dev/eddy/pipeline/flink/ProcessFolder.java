package dev.eddy.pipeline.flink;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder of this process's temporary files, those of libraries among them: it goes when the
 * process ends, and when the process is killed, at the next start of another one of the same user.
 * The launcher makes it, {@code eddy-USER/run-…} below the folder for temporary files, and has the
 * JVM put everything there; without the launcher it is made on first use.
 */
public final class ProcessFolder {
  /** The system property in which the launcher names the folder. */
  static final String PROPERTY = "eddy.tmp";

  private static final Logger LOG = LoggerFactory.getLogger(ProcessFolder.class);
  private static final String RUN = "run-";
  private static final String LOCK = ".lock";
  private static final Duration YOUNG = Duration.ofMinutes(2); // may not have been locked yet

  private static @Nullable Path folder; // guarded by the class

  @SuppressWarnings("UnusedVariable") // a channel that nobody holds would be closed, and its lock
  private static @Nullable FileChannel lock; // guarded by the class

  private ProcessFolder() {}

  /** The folder, which is locked from the first call on. */
  public static synchronized Path get() throws IOException {
    if (folder == null) {
      Path own = make();
      lock = lock(own).orElse(null);
      folder = own;
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(own), "eddy-process-folder"));
      if (own.getParent() != null && own.getParent().equals(UserFolder.find().orElse(null))) {
        removeAbandoned(own);
      }
    }
    return folder;
  }

  private static Path make() throws IOException {
    String named = System.getProperty(PROPERTY, "");
    if (!named.isEmpty() && Files.isDirectory(Path.of(named))) {
      return Path.of(named).toAbsolutePath();
    }
    Optional<Path> user = UserFolder.find();
    return user.isPresent()
        ? Files.createTempDirectory(user.get(), RUN)
        : Files.createTempDirectory("eddy-" + RUN);
  }

  /**
   * Those beside {@code own} whose process is gone: the operating system has taken its lock back.
   */
  static void removeAbandoned(Path own) {
    Path parent = own.getParent();
    if (parent == null) {
      return;
    }
    try (Stream<Path> children = Files.list(parent)) {
      List<Path> others =
          children
              .filter(child -> String.valueOf(child.getFileName()).startsWith(RUN))
              .filter(child -> !child.equals(own))
              .toList();
      for (Path other : others) {
        if (isAbandoned(other)) {
          remove(other);
        }
      }
    } catch (IOException e) {
      LOG.warn("{} cannot be tidied up: {}", parent, e.toString());
    }
  }

  private static boolean isAbandoned(Path other) {
    try {
      if (!Files.exists(other.resolve(LOCK))) {
        Instant made = Files.getLastModifiedTime(other).toInstant();
        return made.plus(YOUNG).isBefore(Instant.now());
      }
      Optional<FileChannel> free = lock(other);
      if (free.isPresent()) {
        free.get().close();
      }
      return free.isPresent();
    } catch (IOException e) {
      return false; // somebody else is at it, or it is somebody else's
    }
  }

  private static Optional<FileChannel> lock(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return Optional.of(channel);
      }
    } catch (OverlappingFileLockException heldByThisProcess) {
      LOG.debug("{} is this process's own", folder);
    }
    channel.close();
    return Optional.empty();
  }

  private static void remove(Path folder) {
    try {
      Files.walkFileTree(folder, new Remover());
    } catch (IOException e) {
      LOG.warn("{} was not removed: {}", folder, e.toString());
    }
  }

  /** Removes what it can; of a process that is ending, files may come and go meanwhile. */
  private static final class Remover extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException gone) {
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException problem)
        throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
