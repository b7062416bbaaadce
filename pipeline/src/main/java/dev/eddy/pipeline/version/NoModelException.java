package dev.eddy.pipeline.version;

/** Thrown where no announced version can serve; trying again does not help. One line. */
public final class NoModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoModelException(String message) {
    super(message);
  }
}
