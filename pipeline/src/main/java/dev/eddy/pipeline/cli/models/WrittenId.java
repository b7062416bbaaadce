package dev.eddy.pipeline.cli.models;

import dev.eddy.model.spec.ModelId;
import dev.eddy.settings.UserMistake;

/** Reads the version that a command line names. */
final class WrittenId {
  private WrittenId() {}

  /**
   * Reads {@code name@7}.
   *
   * @throws UserMistake if it is no such name
   */
  static ModelId read(String written) {
    try {
      return ModelId.parse(written);
    } catch (IllegalArgumentException e) { // it checks these words alone
      throw new UserMistake("NAME@VERSION: " + written + " (must look like name@7)", e);
    }
  }
}
