package dev.eddy.settings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/**
 * Says in words why a file cannot be read or written: most of Java's own exceptions repeat the path
 * and leave the reason to their type.
 */
public final class FileFault {
  private FileFault() {}

  /** The reason of what a stream of lines or paths has thrown. */
  public static String of(UncheckedIOException e) {
    IOException cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : of(cause);
  }

  /** The reason alone, such as {@code missing}; the path is for the caller to name. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException || e instanceof FileNotFoundException) {
      return "missing";
    }
    if (e instanceof AccessDeniedException) {
      return "no permission";
    }
    if (e instanceof NotDirectoryException || e instanceof FileAlreadyExistsException) {
      return "a file is in the place of a folder";
    }
    String message =
        e instanceof FileSystemException fault && fault.getReason() != null
            ? fault.getReason() // its message repeats the path
            : e.getMessage();
    return message == null || message.isBlank()
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message).strip();
  }
}
