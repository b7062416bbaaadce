package dev.eddy.connectors.file.row;

import org.jspecify.annotations.Nullable;

/**
 * A row that does not parse. The reader skips it, or makes a {@link dev.eddy.settings.UserMistake}
 * of it, as {@code replay.on-error} says; nobody else meets it.
 */
public final class RowException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String reason;

  /**
   * A row that does not parse.
   *
   * @param reason in a few words that all rows with this fault have in common
   * @param message with what was found and what is expected
   */
  public RowException(String reason, String message) {
    this(reason, message, null);
  }

  public RowException(String reason, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /** What rows with this fault have in common, to count them. */
  public String reason() {
    return reason;
  }
}
