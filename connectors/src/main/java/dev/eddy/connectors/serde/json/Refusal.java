package dev.eddy.connectors.serde.json;

/** A record that is refused, and why; thrown and caught within this package. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1;

  private final String reason;

  /**
   * A refusal without stack trace: it tells of the record, not of the program.
   *
   * @param reason one of {@link dev.eddy.connectors.event.Reasons}
   * @param detail the place, the value found, what was expected
   */
  Refusal(String reason, String detail) {
    super(detail, null, false, false);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  /** The same, with the place around its own. */
  Refusal within(String place) {
    return new Refusal(reason, place + "." + detail());
  }
}
