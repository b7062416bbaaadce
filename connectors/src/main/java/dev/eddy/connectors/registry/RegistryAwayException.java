package dev.eddy.connectors.registry;

/** A registry that did not answer within the time that it is waited for. */
public final class RegistryAwayException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  RegistryAwayException(String line, Throwable cause) {
    super(line, cause);
  }
}
