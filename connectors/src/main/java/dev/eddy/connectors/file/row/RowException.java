package dev.eddy.connectors.file.row;

import org.jspecify.annotations.Nullable;

/**
 * A row that does not parse. The reader skips it, or makes a {@link dev.eddy.settings.UserMistake}
 * of it, as {@code replay.on-error} says; nobody else meets it.
 */
public final class RowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public RowException(String message) {
    super(message);
  }

  public RowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
