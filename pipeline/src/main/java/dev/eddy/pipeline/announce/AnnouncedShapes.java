package dev.eddy.pipeline.announce;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.version.ServingModel;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.UserMistake;
import java.util.List;
import java.util.Optional;

/**
 * Tells what the predictions of announced versions look like: only training knows the classes, and
 * a version may have other horizons than the deployment's file says now.
 */
public final class AnnouncedShapes {
  private AnnouncedShapes() {}

  /** Those of the versions that can be read from here, in the order of their announcements. */
  public static List<PredictionShape> of(Deployment deployment) {
    return new ModelAnnouncer(deployment)
        .announced().stream().map(AnnouncedShapes::of).flatMap(Optional::stream).toList();
  }

  /** That of one version; empty where it cannot be read from here. */
  static Optional<PredictionShape> of(Announcement announcement) {
    try {
      ModelSpec spec =
          ModelStores.open(announcement.store())
              .describe(ModelId.parse(announcement.model()))
              .spec();
      return Optional.of(ServingModel.shapeOf(announcement.model(), spec));
    } catch (ModelRefusedException | UnusableStoreException | UserMistake unreadable) {
      return Optional.empty(); // who asks whether it serves says why
    }
  }
}
