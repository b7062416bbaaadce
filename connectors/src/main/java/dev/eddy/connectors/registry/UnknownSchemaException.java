package dev.eddy.connectors.registry;

/** An id that a registry answers with no schema of Avro's. */
public final class UnknownSchemaException extends Exception {
  private static final long serialVersionUID = 1;

  /** Says in a line which. */
  public UnknownSchemaException(String line) {
    super(line);
  }
}
