package dev.eddy.pipeline.judge;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.ModelFile;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.pipeline.version.store.TrustedStores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The version that a new one is held against: the newest that is announced and not refused.
 *
 * @param model itself
 * @param file its description
 * @param store that it is in
 * @param timeline on which it alone serves, from the beginning
 */
public record Champion(
    TrainedModel model, ModelFile file, ModelStore store, List<Announcement> timeline) {

  /**
   * The champion of what is announced of one name; empty if all of it is refused.
   *
   * @param standing announcements in broker order, none of them retracted
   * @param stores from which of them they are read
   * @throws UnusableStoreException where one cannot be read now that may be serving
   */
  public static Optional<Champion> among(List<Announcement> standing, TrustedStores stores) {
    for (int at = standing.size() - 1; at >= 0; at--) {
      try {
        return Optional.of(of(standing.get(at), stores));
      } catch (ModelRefusedException e) {
        // It serves nowhere either; the one before it does.
      }
    }
    return Optional.empty();
  }

  /** The newest version of a store that can be read, where nothing is announced. */
  public static Optional<Champion> newest(String location, String name) {
    ModelStore store = ModelStores.open(location);
    List<Announcement> all = new ArrayList<>();
    for (ModelId id : store.list(name)) {
      all.addAll(timeline(id, store.digest(id), location));
    }
    return among(all, TrustedStores.asAnnounced());
  }

  private static Champion of(Announcement announced, TrustedStores stores) {
    String location = stores.of(announced);
    ModelStore store = ModelStores.open(location);
    ModelId id = ModelId.parse(announced.model());
    return new Champion(
        store.load(id, announced.digest()),
        store.describe(id),
        store,
        timeline(id, announced.digest(), location));
  }

  /** One version alone, from the beginning of time. */
  static List<Announcement> timeline(ModelId id, String digest, String store) {
    return List.of(
        new Announcement(
            "judged", id.toString(), Long.MIN_VALUE, SwapPolicy.RESET.configName(), digest, store));
  }

  /** Its name, such as {@code weather@7}. */
  String name() {
    return model.id().toString();
  }

  /** Why nothing of it can be compared with what {@code other} says; empty if it can. */
  Optional<String> obstacle(ModelSpec other) {
    if (!(model.spec().head() instanceof Head.Forecast own)) {
      return other.head() instanceof Head.Classes ? Optional.empty() : differs("classifies");
    }
    if (!(other.head() instanceof Head.Forecast asked)) {
      return differs("forecasts");
    }
    boolean alike =
        own.horizons().equals(asked.horizons())
            && own.quantiles().equals(asked.quantiles())
            && targets(model.spec()).equals(targets(other))
            && model.spec().input().interval().equals(other.input().interval());
    return alike ? Optional.empty() : differs("forecasts other targets, horizons or quantiles");
  }

  private Optional<String> differs(String how) {
    return Optional.of(name() + " " + how + ", so the two cannot be compared");
  }

  private static List<String> targets(ModelSpec spec) {
    return spec.input().targets().stream().map(InputEncoding.Target::name).toList();
  }
}
