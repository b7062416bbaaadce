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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
  private final Map<Integer, ServingModel> models = new HashMap<>(); // by version
  private final Map<Integer, ServedVersion> served = new TreeMap<>(); // by version
  private final Map<Integer, InputEncoder> lost = new HashMap<>(); // by version, as needed
  private @Nullable NetworkShape before; // of the announcement before, as far as is known

  DecidedVersions(ObservationSchema schema, Function<NetworkWeights, StepEngine> engines) {
    this.schema = schema;
    this.engines = engines;
  }

  /** What an earlier run of the job has served. */
  void remember(Map<Integer, ServedVersion> earlier) {
    served.putAll(earlier);
  }

  /** What this run and those before it have served, by version. */
  Map<Integer, ServedVersion> served() {
    return Map.copyOf(served);
  }

  /** Whether this very version has served, in this run or one before it. */
  boolean hasServed(int version, String digest) {
    ServedVersion known = served.get(version);
    return known != null && known.digest().equals(digest);
  }

  /**
   * Lets the version serve from its effective time on.
   *
   * @throws ModelRefusedException if it does not fit
   */
  void accept(Announcement announcement, ModelId id, TrainedModel trained) {
    SwapPolicy swap = SwapPolicy.of(announcement);
    int version = id.version();
    NetworkShape network = trained.spec().network();
    requireSameContent(version, announcement.digest());
    requireCarries(swap, network);
    if (!models.containsKey(version)) {
      models.put(version, new ServingModel(trained, schema, engines));
    }
    served.put(version, new ServedVersion(announcement.digest(), trained.spec()));
    timeline.append(id, announcement.effectiveFrom(), swap);
    before = network;
  }

  /**
   * Keeps the place of a version that is not to serve.
   *
   * @param loaded whether its files were whole; else nobody knows what network they held, unless it
   *     has served
   */
  void refuse(Announcement announcement, ModelId id, boolean loaded) {
    timeline.appendRefused(id, swapOf(announcement));
    if (!loaded) {
      ServedVersion known = served.get(id.version());
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

  @Nullable ServingModel model(int version) {
    return models.get(version);
  }

  /** How the version lays out what it remembers of a key; empty if it never served. */
  Optional<InputEncoder> encoder(int version) {
    ServingModel model = models.get(version);
    if (model != null) {
      return Optional.of(model.runner().encoder());
    }
    return Optional.ofNullable(served.get(version))
        .map(known -> lost.computeIfAbsent(version, unused -> new InputEncoder(known.spec())));
  }

  /** How a key's state of version {@code from} moves over to {@code to}. */
  SwapPolicy swap(int from, Tenure to) {
    SwapPolicy wanted = timeline.swap(from, to);
    boolean possible =
        encoder(from)
            .map(encoder -> encoder.spec().network())
            .filter(network -> network.sharesStateWith(network(to)))
            .isPresent();
    return possible ? wanted : SwapPolicy.RESET; // of those between, some may be refused
  }

  private NetworkShape network(Tenure tenure) {
    return encoder(tenure.model().version()).orElseThrow().spec().network();
  }

  private void requireSameContent(int version, String digest) {
    ServedVersion known = served.get(version);
    if (known != null && !known.digest().equals(digest)) {
      throw new ModelRefusedException(
          "digest "
              + digest
              + " (must be "
              + known.digest()
              + ", as this version was announced before)");
    }
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
