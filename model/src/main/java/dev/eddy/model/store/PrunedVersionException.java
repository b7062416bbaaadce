package dev.eddy.model.store;

/** Says that a version was pruned: it is gone on purpose, and nothing brings it back. */
public final class PrunedVersionException extends ModelRefusedException {
  private static final long serialVersionUID = 1L;

  PrunedVersionException(String message) {
    super(message);
  }
}
