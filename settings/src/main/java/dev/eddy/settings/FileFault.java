package dev.eddy.settings;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says in words why a file cannot be read or written: most of Java's own exceptions repeat the path
 * and leave the reason to their type.
 */
public final class FileFault {
  /** How streams tell it: the path, and the operating system's words. */
  private static final Pattern OF_SYSTEM = Pattern.compile(".* \\(([^()]+)\\)");

  private FileFault() {}

  /**
   * A folder that is written to and cannot be.
   *
   * @param setting which names it
   * @param folder a path or a URI
   * @param why what is in the way
   */
  public static UserMistake unwritable(String setting, Object folder, String why, Exception cause) {
    return new UserMistake(
        setting + ": " + folder + " (must be a folder to write to: " + why + ")", cause);
  }

  /** The reason of what a stream of lines or paths has thrown. */
  public static String of(UncheckedIOException e) {
    IOException cause = e.getCause();
    return cause == null ? String.valueOf(e.getMessage()) : of(cause);
  }

  /** The reason alone, such as {@code missing}; the path is for the caller to name. */
  public static String of(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "missing";
    }
    if (e instanceof FileNotFoundException) {
      return ofSystem(String.valueOf(e.getMessage()));
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

  /** Java's streams say of every file that they cannot open that it is not found. */
  private static String ofSystem(String message) {
    Matcher told = OF_SYSTEM.matcher(message);
    if (!told.matches() || told.group(1).equals("No such file or directory")) {
      return "missing";
    }
    return switch (told.group(1)) {
      case "Permission denied" -> "no permission";
      case "Not a directory" -> "a file is in the place of a folder";
      case "Is a directory" -> "a folder is in the place of a file";
      default -> told.group(1).toLowerCase(Locale.ROOT);
    };
  }
}
