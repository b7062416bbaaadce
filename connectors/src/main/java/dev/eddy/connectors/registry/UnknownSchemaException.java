package dev.eddy.connectors.registry;

/** An id that a registry answers with no schema of Avro's. */
public final class UnknownSchemaException extends Exception {
  private static final long serialVersionUID = 1;

  private final Hope hope;

  /** Whether the id may yet lead to a schema. */
  public enum Hope {
    /** No: it leads to something else. */
    NONE,
    /** Where addresses follow one another and all that answered were behind. */
    SOON,
    /** When an address is back that did not answer. */
    WHEN_BACK
  }

  /** Says in a line which. */
  public UnknownSchemaException(String line, Hope hope) {
    super(line);
    this.hope = hope;
  }

  /** Whether it may yet be known. */
  public Hope hope() {
    return hope;
  }
}
