package dev.eddy.model.store;

/**
 * A published model that must not serve, now or later: its hash or its spec is wrong. Trying again
 * does not help, unlike after an {@link UnusableStoreException}.
 */
public class ModelRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** One line: what, where, expected, found. */
  public ModelRefusedException(String message) {
    super(message);
  }

  /** One line: what, where, expected, found; and what it was derived from. */
  public ModelRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
