package dev.eddy.pipeline.check.probe;

import dev.eddy.settings.FileFault;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;

/**
 * Tries whether a folder of any file system can be written to, from the process that asks: writes a
 * file, reads it, removes it. Of a folder that does not exist yet it tries the one that would hold
 * it.
 *
 * @param setting which names the folder
 * @param folder a path or a URI
 */
public record FolderProbe(String setting, String folder) {
  private static final int BYTES = 64 * 1024; // a full disk may still take a few
  private static final String PREFIX = ".eddy-probe-";

  /**
   * Tries.
   *
   * @throws UserMistake saying why not
   */
  public void requireWritable() {
    try {
      write(existing(root()));
    } catch (IOException | RuntimeException e) { // file systems throw what they like
      throw FileFault.unwritable(setting, folder, reason(e), e);
    }
  }

  /** The path on this machine; empty if it is elsewhere. */
  public Optional<java.nio.file.Path> local() {
    try {
      Path root = root();
      return root.getFileSystem().isDistributedFS()
          ? Optional.empty()
          : Optional.of(java.nio.file.Path.of(root.getPath()));
    } catch (IOException | RuntimeException e) { // file systems throw what they like
      return Optional.empty();
    }
  }

  private Path root() {
    return new Path(folder);
  }

  private static Path existing(Path root) throws IOException {
    FileSystem fileSystem = root.getFileSystem();
    if (fileSystem.isDistributedFS()) {
      return root; // folders come with their files
    }
    Path folder = root;
    while (!fileSystem.exists(folder) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    FileStatus status = fileSystem.getFileStatus(folder);
    if (!status.isDir()) {
      throw new IOException(folder + " is a file");
    }
    return folder;
  }

  private static void write(Path folder) throws IOException {
    FileSystem fileSystem = folder.getFileSystem();
    Path file = new Path(folder, PREFIX + UUID.randomUUID());
    try {
      try (FSDataOutputStream out = fileSystem.create(file, FileSystem.WriteMode.NO_OVERWRITE)) {
        out.write(new byte[BYTES]);
      }
      try (FSDataInputStream in = fileSystem.open(file)) {
        if (in.readAllBytes().length != BYTES) {
          throw new IOException("what was written does not read back");
        }
      }
    } finally {
      fileSystem.delete(file, false);
    }
  }

  private static String reason(Exception failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnsupportedFileSystemSchemeException) {
        return "no file system of Flink's that is installed here has this scheme; its plugin goes"
            + " into Flink's plugins folder";
      }
    }
    return failure instanceof IOException io
        ? FileFault.of(io)
        : String.valueOf(failure.getMessage());
  }
}
