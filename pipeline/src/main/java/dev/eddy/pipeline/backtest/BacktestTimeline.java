package dev.eddy.pipeline.backtest;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelStore;
import dev.eddy.pipeline.announce.AnnouncedVersions;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.UserMistake;
import java.util.List;

/** Chooses which model versions a backtest steps with, and over which event times. */
public final class BacktestTimeline {
  private BacktestTimeline() {}

  /**
   * What is announced for the deployment, retractions and shadows too, as the stream has it.
   *
   * @throws UserMistake when nothing is
   */
  public static List<Announcement> announced(Deployment deployment) {
    List<Announcement> announced = new ModelAnnouncer(deployment).announced();
    if (AnnouncedVersions.standing(announced).isEmpty()) {
      throw new UserMistake(
          "model "
              + deployment.modelName()
              + ": none announced on topic "
              + deployment.topics().models()
              + " (must be trained first, or named with --model)");
    }
    return announced;
  }

  /**
   * One version of the deployment's store, from the beginning of time.
   *
   * @throws UserMistake when the store does not have it
   */
  public static List<Announcement> named(Deployment deployment, ModelId model) {
    List<ModelId> versions = ModelStores.open(deployment.store()).list(model.name());
    if (!versions.contains(model)) {
      throw new UserMistake(
          "--model: "
              + model
              + " (must be in "
              + deployment.store()
              + (versions.isEmpty()
                  ? ", which has no version of that name)"
                  : ", whose newest is " + versions.get(versions.size() - 1) + ")"));
    }
    return of(deployment, model);
  }

  private static List<Announcement> of(Deployment deployment, ModelId model) {
    return List.of(
        new Announcement(
            "backtest",
            model.toString(),
            Long.MIN_VALUE,
            SwapPolicy.RESET.configName(),
            ModelStores.open(deployment.store()).digest(model),
            deployment.store()));
  }

  /**
   * The newest version of the deployment's model in its store.
   *
   * @throws UserMistake when there is none
   */
  public static List<Announcement> newest(Deployment deployment) {
    ModelStore store = ModelStores.open(deployment.store());
    List<ModelId> versions = store.list(deployment.modelName());
    if (versions.isEmpty()) {
      throw new UserMistake(
          "model "
              + deployment.modelName()
              + ": no version in "
              + deployment.store()
              + " (must be trained first, as eddy train --files does)");
    }
    return of(deployment, versions.get(versions.size() - 1));
  }
}
