package dev.eddy.pipeline.announce;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.engine.Workload;
import dev.eddy.model.kernel.WeightShapes;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.pipeline.deployment.ServingSettings;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.pipeline.version.store.TrustedStores;
import dev.eddy.settings.UserMistake;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Chooses the step engine of a job, at its submission, by the models announced until then: a GPU's,
 * or the JVM's, which each process that steps makes of what it has.
 */
public final class EngineChoice {
  private EngineChoice() {}

  /**
   * The engine of all subtasks; never {@code AUTO}.
   *
   * @param announced asked only where there is a GPU that a large network would gain by
   * @throws UserMistake if the engine cannot run in this JVM
   */
  public static EngineKind of(
      ServingSettings serving, TrustedStores stores, Supplier<List<Announcement>> announced) {
    return StepEngines.resolve(serving.engine(), () -> largest(announced.get(), stores, serving));
  }

  /** The largest announced network in full micro-batches; empty if none can be read. */
  static Optional<Workload> largest(
      List<Announcement> announcements, TrustedStores stores, ServingSettings serving) {
    return announcements.stream()
        .filter(announcement -> !announcement.retracts())
        .flatMap(announcement -> network(announcement, stores))
        .max(Comparator.comparingLong(WeightShapes::count))
        .map(network -> new Workload(network, serving.maxBatch()));
  }

  /** A version that cannot be read is none that can serve. */
  private static Stream<NetworkShape> network(Announcement announcement, TrustedStores stores) {
    try {
      ModelId id = ModelId.parse(announcement.model());
      return Stream.of(ModelStores.open(stores.of(announcement)).describe(id).spec().network());
    } catch (ModelRefusedException | UnusableStoreException | UserMistake e) {
      return Stream.empty();
    }
  }
}
