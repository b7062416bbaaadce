package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.pipeline.state.ExactModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Holds what has been decided of a subtask's versions: the accepted ones, ready to step, when each
 * serves, and what those that are refused now were made of, if they have served. Confined to one
 * thread.
 */
final class DecidedVersions implements AutoCloseable {
  private final ObservationSchema schema;
  private final Function<NetworkWeights, StepEngine> engines;
  private final ModelTimeline timeline = new ModelTimeline();
  private final Map<ExactModel, ServingModel> models = new LinkedHashMap<>();
  private final Map<ExactModel, ServedVersion> served = new LinkedHashMap<>();
  private final Map<ExactModel, InputEncoder> lost = new HashMap<>(); // as needed
  private Map<Integer, String> digests = Map.of(); // by version, of states that name none
  private @Nullable NetworkShape before; // of the announcement before, as far as is known

  DecidedVersions(ObservationSchema schema, Function<NetworkWeights, StepEngine> engines) {
    this.schema = schema;
    this.engines = engines;
  }

  /**
   * What an earlier run of the job has served.
   *
   * @param undigested by version, the digest of what made the states that name none
   */
  void remember(Map<ExactModel, ServedVersion> earlier, Map<Integer, String> undigested) {
    served.putAll(earlier);
    digests = Map.copyOf(undigested);
  }

  /** What this run and those before it have served. */
  Map<ExactModel, ServedVersion> served() {
    return Map.copyOf(served);
  }

  /** Whether this very version has served, in this run or one before it. */
  boolean hasServed(ExactModel model) {
    return served.containsKey(model);
  }

  /** The model that made a state, as far as is known where an older Eddy stored it. */
  ExactModel identify(ExactModel stored) {
    return stored.isDigested() || !digests.containsKey(stored.version())
        ? stored
        : ExactModel.of(stored.version(), digests.get(stored.version()));
  }

  /**
   * Lets the version serve from its effective time on.
   *
   * @throws ModelRefusedException if it does not fit
   */
  void accept(Announcement announcement, ModelId id, TrainedModel trained) {
    SwapPolicy swap = SwapPolicy.of(announcement);
    ExactModel exact = ExactModel.of(id.version(), announcement.digest());
    NetworkShape network = trained.spec().network();
    requireCarries(swap, network);
    if (!models.containsKey(exact)) {
      models.put(exact, new ServingModel(trained, schema, engines));
    }
    served.put(exact, new ServedVersion(announcement.digest(), trained.spec()));
    timeline.append(id, announcement.digest(), announcement.effectiveFrom(), swap);
    before = network;
  }

  /**
   * Keeps the place of a version that is not to serve.
   *
   * @param loaded whether its files were whole; else nobody knows what network they held, unless it
   *     has served
   */
  void refuse(Announcement announcement, ModelId id, boolean loaded) {
    timeline.appendRefused(id, announcement.digest(), swapOf(announcement));
    if (!loaded) {
      ServedVersion known = served.get(ExactModel.of(id.version(), announcement.digest()));
      before = known == null ? null : known.spec().network();
    }
  }

  private static SwapPolicy swapOf(Announcement announcement) {
    try {
      return SwapPolicy.of(announcement);
    } catch (ModelRefusedException e) {
      return SwapPolicy.RESET;
    }
  }

  /** Forgets what was decided while none was accepted. */
  void clear() {
    timeline.clear();
    before = null;
  }

  boolean isEmpty() {
    return timeline.isEmpty();
  }

  Tenure at(long time) {
    return timeline.at(time);
  }

  Tenure last() {
    return timeline.last();
  }

  @Nullable ServingModel model(ExactModel model) {
    return models.get(model);
  }

  /** How the version lays out what it remembers of a key; empty if it never served. */
  Optional<InputEncoder> encoder(ExactModel of) {
    ServingModel model = models.get(of);
    if (model != null) {
      return Optional.of(model.runner().encoder());
    }
    return Optional.ofNullable(served.get(of))
        .map(known -> lost.computeIfAbsent(of, unused -> new InputEncoder(known.spec())));
  }

  /** How a key's state that {@code from} made moves over to {@code to}. */
  SwapPolicy swap(ExactModel from, Tenure to) {
    SwapPolicy wanted = timeline.swap(from, to);
    if (wanted != SwapPolicy.CARRY) {
      return wanted;
    }
    boolean possible =
        encoder(from)
            .map(encoder -> encoder.spec().network())
            .filter(network -> network.sharesStateWith(network(to)))
            .isPresent();
    return possible ? wanted : SwapPolicy.RESET; // of those between, some may be refused
  }

  private NetworkShape network(Tenure tenure) {
    return encoder(tenure.exact()).orElseThrow().spec().network();
  }

  private void requireCarries(SwapPolicy swap, NetworkShape network) {
    if (before != null) {
      swap.obstacle(before, network)
          .ifPresent(
              obstacle -> {
                throw new ModelRefusedException(obstacle);
              });
    }
  }

  @Override
  public void close() {
    List<AutoCloseable> held = new ArrayList<>(models.values());
    try {
      IOUtils.closeAll(held); // each, even where one before it fails
    } catch (Exception e) {
      ExceptionUtils.rethrow(e);
    }
  }
}
