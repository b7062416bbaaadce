package dev.eddy.connectors.file.row;

import org.jspecify.annotations.Nullable;

/** A file or a row of it that cannot be read; the message is the one line for the user. */
public final class RowException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  public RowException(String message) {
    super(message);
  }

  public RowException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
