package dev.eddy.pipeline.cli.models;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import picocli.CommandLine.Parameters;

/** The version that a command of {@code eddy models} is about. */
final class NamedVersion {
  static final String PLACE = "NAME@VERSION";

  @Parameters(paramLabel = PLACE, description = "The version, such as weather@7.")
  @SuppressWarnings("NullAway.Init") // picocli requires it
  private String model;

  /**
   * Which one it is, of whatever model.
   *
   * @throws UserMistake if it is no such name
   */
  ModelId id() {
    try {
      return ModelId.parse(model);
    } catch (IllegalArgumentException e) { // it checks these words alone
      throw new UserMistake(PLACE + ": " + model + " (must look like name@7)", e);
    }
  }

  /**
   * Which one it is.
   *
   * @throws UserMistake unless it is one of the deployment's model
   */
  ModelId of(Deployment deployment) {
    ModelId id = id();
    Require.that(
        id.name().equals(deployment.modelName()),
        PLACE,
        model,
        "a version of " + deployment.modelName());
    return id;
  }
}
