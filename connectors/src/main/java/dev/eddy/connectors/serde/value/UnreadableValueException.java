package dev.eddy.connectors.serde.value;

import java.io.IOException;

/** A value that cannot be read as what its topic holds: a fault of the record. */
public final class UnreadableValueException extends IOException {
  private static final long serialVersionUID = 1;

  private final String reason;

  /**
   * Says why.
   *
   * @param reason one of {@link dev.eddy.connectors.event.Reasons}
   * @param detail the place, the value found, what was expected
   */
  public UnreadableValueException(String reason, String detail) {
    super(detail);
    this.reason = reason;
  }

  /** It tells of the record, not of the program. */
  @Override
  public synchronized Throwable fillInStackTrace() {
    return this;
  }

  /** One of {@link dev.eddy.connectors.event.Reasons}. */
  public String reason() {
    return reason;
  }

  /** The place, the value found, what was expected. */
  public String detail() {
    return String.valueOf(getMessage());
  }
}
