package dev.eddy.model.store;

import java.io.IOException;
import java.util.List;

/**
 * The few file operations that a model store needs, so that it can live in a directory or in any
 * file system of Flink's. Paths are relative to the store's root, parts divided by {@code /}.
 */
public interface StoreFiles {
  /**
   * The content of a file, and no more of it than a caller is ready to hold.
   *
   * @param most bytes that it may have
   * @return its bytes; of a longer file {@code most + 1} of them
   * @throws java.io.FileNotFoundException or {@link java.nio.file.NoSuchFileException} if absent
   */
  byte[] read(String path, int most) throws IOException;

  /**
   * Writes a new file with its parent directories. Of several concurrent callers one succeeds.
   *
   * @return false, and nothing written, if the file exists
   */
  boolean createExclusively(String path, byte[] content) throws IOException;

  /**
   * Writes a file into a directory, or into what would hold it where it does not exist yet, and
   * removes it.
   *
   * @throws IOException saying why nothing can be written there
   */
  void tryWriting(String directory) throws IOException;

  /**
   * Removes a file; does nothing where it is gone already.
   *
   * @return bytes that it had
   */
  long delete(String path) throws IOException;

  /** Names (not paths) of what is directly inside a directory; empty if it does not exist. */
  List<String> list(String directory) throws IOException;

  /**
   * Whether a file exists.
   *
   * @throws IOException if that cannot be known
   */
  boolean exists(String path) throws IOException;

  /** The path as a person would name it, for messages. */
  String describe(String path);
}
