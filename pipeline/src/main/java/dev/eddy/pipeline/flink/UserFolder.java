package dev.eddy.pipeline.flink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * The folder of a user's temporary files, {@code eddy-USER} below the folder for temporary files,
 * so that several users of a machine do not meet. Logs nothing: it is asked for before it is known
 * where to.
 */
public final class UserFolder {
  private UserFolder() {}

  /**
   * The folder, made if need be.
   *
   * @return empty where it cannot be made, or is somebody else's
   */
  public static Optional<Path> find() {
    String process = System.getProperty(ProcessFolder.PROPERTY, "");
    if (!process.isEmpty()) {
      return Optional.ofNullable(Path.of(process).toAbsolutePath().getParent());
    }
    String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
    Path folder = Path.of(System.getProperty("java.io.tmpdir", ""), "eddy-" + user);
    try {
      if (!Files.exists(folder)) {
        Files.createDirectory(
            folder,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
      boolean ours = Files.isWritable(folder) && !Files.isSymbolicLink(folder);
      return ours ? Optional.of(folder.toAbsolutePath()) : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }
}
