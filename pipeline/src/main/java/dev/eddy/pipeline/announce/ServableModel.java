package dev.eddy.pipeline.announce;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PrunedVersionException;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.FutureSettings;
import dev.eddy.pipeline.deployment.ObservationSettings;
import dev.eddy.pipeline.version.FeatureMapping;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.pipeline.version.store.TrustedStores;
import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Says whether an announced version will serve in a deployment, and what it does otherwise than the
 * deployment asks.
 *
 * @param id its name and number
 * @param refusal why it will not serve; empty if it will
 * @param readable whether its files could be read from here; if not, it may yet be elsewhere
 * @param differences what it does otherwise than the deployment's input asks, and serves all the
 *     same
 * @param missing files of the version that are not there, and are not needed to serve
 */
public record ServableModel(
    String id,
    Optional<String> refusal,
    boolean readable,
    List<String> differences,
    List<String> missing) {

  /**
   * Every version announced for the deployment and not pruned, in order; one that came again only
   * once.
   */
  public static List<ServableModel> of(Deployment deployment) {
    List<ServableModel> models = new ArrayList<>();
    Optional<NetworkShape> before = Optional.empty();
    TrustedStores stores = deployment.trustedStores();
    for (Announcement announcement : new ModelAnnouncer(deployment).standing()) {
      ModelStore store = ModelStores.open(stores.of(announcement));
      try {
        ModelSpec spec = load(announcement, store);
        ServableModel model =
            of(announcement, spec, before, deployment.input())
                .lacking(missing(announcement, store));
        models.add(model);
        before = model.refusal.isEmpty() ? Optional.of(spec.network()) : before;
      } catch (PrunedVersionException e) {
        before = Optional.empty(); // nothing that anybody would be told of
      } catch (UnusableStoreException e) {
        models.add(unloaded(announcement, e, stores, false));
        before = Optional.empty(); // nobody knows what it was, so nothing speaks against the next
      } catch (ModelRefusedException | UserMistake e) {
        models.add(unloaded(announcement, e, stores, true));
        before = Optional.empty();
      }
    }
    return models.stream().distinct().toList();
  }

  private ServableModel lacking(List<String> files) {
    return new ServableModel(id, refusal, readable, differences, files);
  }

  private static List<String> missing(Announcement announcement, ModelStore store) {
    return store.missing(store.describe(ModelId.parse(announcement.model())));
  }

  private static ModelSpec load(Announcement announcement, ModelStore store) {
    return store.load(ModelId.parse(announcement.model()), announcement.digest()).spec();
  }

  private static ServableModel unloaded(
      Announcement announcement, Exception e, TrustedStores stores, boolean readable) {
    Optional<String> refusal = Optional.of(e.getMessage() + stores.remark(announcement));
    return new ServableModel(announcement.model(), refusal, readable, List.of(), List.of());
  }

  private static ServableModel of(
      Announcement announcement,
      ModelSpec spec,
      Optional<NetworkShape> before,
      ObservationSettings input) {
    String id = announcement.model();
    SwapPolicy swap = SwapPolicy.of(announcement);
    Optional<String> refusal =
        missing(id, spec, input)
            .or(
                () ->
                    before
                        .flatMap(network -> swap.obstacle(network, spec.network()))
                        .map(obstacle -> "model " + id + ": " + obstacle));
    return new ServableModel(id, refusal, true, differences(id, spec, input), List.of());
  }

  private static Optional<String> missing(String id, ModelSpec spec, ObservationSettings input) {
    FeatureSchema read = spec.input().schema();
    List<String> missing = new ArrayList<>(read.numeric());
    missing.removeAll(input.features());
    List<String> categorical = new ArrayList<>(read.categorical());
    categorical.removeAll(input.categorical());
    missing.addAll(categorical);
    if (!missing.isEmpty()) {
      return Optional.of(
          "model "
              + id
              + ": reads "
              + missing
              + " (must be among input.features and input.categorical)");
    }
    return FeatureMapping.obstacle(spec.input(), input.futureFields())
        .map(obstacle -> "model " + id + ": " + obstacle);
  }

  private static List<String> differences(String id, ModelSpec spec, ObservationSettings input) {
    return Stream.of(
            task(spec, input), unforeseen(spec.input(), input), unread(spec.input(), input))
        .flatMap(Optional::stream)
        .map(difference -> "model " + id + ": " + difference)
        .toList();
  }

  private static Optional<String> task(ModelSpec spec, ObservationSettings input) {
    List<String> targets = spec.input().targets().stream().map(InputEncoding.Target::name).toList();
    boolean classifies = spec.head() instanceof Head.Classes;
    if (classifies != input.label().isPresent()) {
      return Optional.of(
          (classifies ? "classifies" : "forecasts")
              + " (must do what input."
              + (classifies ? "target" : "label")
              + " asks for)");
    }
    if (targets.equals(input.target())) {
      return Optional.empty();
    }
    return Optional.of(
        "forecasts "
            + String.join(", ", targets)
            + " (must forecast "
            + String.join(", ", input.target())
            + ", as input.target says)");
  }

  private static Optional<String> unforeseen(InputEncoding model, ObservationSettings input) {
    List<String> known = model.future().map(InputEncoding.Future::features).orElse(List.of());
    List<String> asked = input.future().map(FutureSettings::features).orElse(List.of());
    return known.containsAll(asked)
        ? Optional.empty()
        : Optional.of(
            "reads " + known + " ahead of time (must read " + asked + ", as input.future says)");
  }

  private static Optional<String> unread(InputEncoding model, ObservationSettings input) {
    List<String> unread = new ArrayList<>(input.features());
    unread.addAll(input.categorical());
    unread.removeAll(model.schema().numeric());
    unread.removeAll(model.schema().categorical());
    return unread.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "does not read " + unread + " (must read all of input.features and input.categorical)");
  }
}
