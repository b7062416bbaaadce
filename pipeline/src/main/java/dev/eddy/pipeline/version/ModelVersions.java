package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.settings.UserMistake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one model as a subtask knows them: announced, loading, accepted or refused.
 * Announcements are decided in broker order once they are loaded, from their content alone, so that
 * every subtask and every replay decides alike; the accepted ones make up the {@link
 * ModelTimeline}. Confined to the subtask's thread; only loading happens elsewhere.
 */
public final class ModelVersions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelVersions.class);

  /** An announcement whose version is being loaded. */
  private record Pending(Announcement announcement, ModelId model, ModelCache.Lease lease) {}

  private final VersionSettings settings;
  private final ModelCache cache;
  private final Runnable refusals;
  private final Function<NetworkWeights, StepEngine> engines;
  private final Map<String, Announcement> announced = new LinkedHashMap<>(); // by id, broker order
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final List<ModelCache.Lease> leases = new ArrayList<>();
  private final ModelTimeline timeline = new ModelTimeline();
  private final Map<Integer, ServingModel> models = new HashMap<>(); // by version
  private final Map<Integer, String> digests = new HashMap<>(); // by version
  private long pendingFrom = Long.MAX_VALUE; // earliest effective time of what is pending
  private @Nullable String lastRefusal;

  /**
   * No version yet.
   *
   * @param refusals told of each version that is refused
   */
  public ModelVersions(VersionSettings settings, ModelCache cache, Runnable refusals) {
    this(settings, cache, refusals, weights -> StepEngines.create(settings.engine(), weights));
  }

  /** With step engines of one's own. */
  ModelVersions(
      VersionSettings settings,
      ModelCache cache,
      Runnable refusals,
      Function<NetworkWeights, StepEngine> engines) {
    this.settings = settings;
    this.cache = cache;
    this.refusals = refusals;
    this.engines = engines;
  }

  /**
   * Takes note of an announcement and starts to load its version.
   *
   * @return what completes when it is loaded; empty if it was known or is not for this deployment
   */
  public Optional<CompletableFuture<TrainedModel>> learn(Announcement announcement) {
    ModelId model = ModelId.parse(announcement.model());
    if (!model.name().equals(settings.model())
        || announced.putIfAbsent(announcement.id(), announcement) != null) {
      return Optional.empty();
    }
    ModelCache.Lease lease = cache.acquire(announcement.store(), model, announcement.digest());
    leases.add(lease);
    pending.add(new Pending(announcement, model, lease));
    pendingFrom = Math.min(pendingFrom, announcement.effectiveFrom());
    return Optional.of(lease.loaded());
  }

  /** Every announcement for this deployment, in broker order. */
  public List<Announcement> announced() {
    return List.copyOf(announced.values());
  }

  /**
   * Waits for everything announced so far.
   *
   * @throws UserMistake unless a version can serve; trying again does not help
   */
  public void decideAll() throws InterruptedException {
    while (!pending.isEmpty()) {
      decideNext();
    }
    if (timeline.isEmpty()) {
      throw new UserMistake(
          "model "
              + settings.model()
              + ": "
              + (lastRefusal == null
                  ? "none announced on topic " + settings.modelsTopic() + " (must be trained first)"
                  : "every version is refused; the last: " + lastRefusal));
    }
  }

  /** Decides what has been loaded, without waiting. */
  public void decideLoaded() throws InterruptedException {
    Pending next = pending.peek();
    while (next != null && next.lease().loaded().isDone()) {
      decideNext();
      next = pending.peek();
    }
  }

  /** What serves event time {@code time}; waits for versions that might. */
  public Tenure at(long time) throws InterruptedException {
    while (time >= pendingFrom) {
      decideNext();
    }
    return timeline.at(time);
  }

  /** The accepted version of that number. */
  public ServingModel model(int version) {
    ServingModel model = models.get(version);
    if (model == null) {
      throw new IllegalStateException(
          "model " + settings.model() + "@" + version + ": not on the timeline");
    }
    return model;
  }

  /** The accepted version that was announced last. */
  public ServingModel newest() {
    return model(timeline.last().model().version());
  }

  /** How a key's state of version {@code from} moves over to {@code to}. */
  public SwapPolicy swap(int from, Tenure to) {
    return timeline.swap(from, to);
  }

  /** Whether the version of that number was accepted. */
  public boolean has(int version) {
    return models.containsKey(version);
  }

  @Override
  public void close() {
    pending.clear();
    pendingFrom = Long.MAX_VALUE;
    List<AutoCloseable> held = new ArrayList<>(models.values());
    held.addAll(leases);
    try {
      IOUtils.closeAll(held); // each, even where one before it fails
    } catch (Exception e) {
      ExceptionUtils.rethrow(e);
    }
  }

  private void decideNext() throws InterruptedException {
    Pending next = pending.remove();
    pendingFrom =
        pending.stream()
            .mapToLong(other -> other.announcement().effectiveFrom())
            .min()
            .orElse(Long.MAX_VALUE);
    try {
      accept(next, next.lease().loaded().get());
    } catch (ModelRefusedException refusal) {
      refuse(next, refusal);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof ModelRefusedException refusal) {
        refuse(next, refusal);
      } else {
        throw new IllegalStateException(
            "model " + next.model() + " cannot be loaded", e.getCause());
      }
    }
  }

  private void accept(Pending next, TrainedModel trained) {
    Announcement announcement = next.announcement();
    SwapPolicy swap = SwapPolicy.of(announcement);
    int version = next.model().version();
    requireSameContent(version, announcement.digest());
    ServingModel model = models.get(version);
    if (model == null) {
      model = new ServingModel(trained, settings.schema(), engines);
    }
    requireCarries(swap, model);
    models.put(version, model);
    digests.put(version, announcement.digest());
    timeline.append(next.model(), announcement.effectiveFrom(), swap);
    LOG.info("model {} is ready (announcement {})", next.model(), announcement.id());
  }

  private void requireSameContent(int version, String digest) {
    String known = digests.get(version);
    if (known != null && !known.equals(digest)) {
      throw new ModelRefusedException(
          "digest " + digest + " (must be " + known + ", as this version was announced before)");
    }
  }

  private void requireCarries(SwapPolicy swap, ServingModel model) {
    if (swap == SwapPolicy.RESET || timeline.isEmpty()) {
      return;
    }
    ServingModel before = model(timeline.last().model().version());
    Optional<String> obstacle = swap.obstacle(before.spec().network(), model.spec().network());
    if (obstacle.isPresent()) {
      if (!models.containsKey(model.version())) {
        model.close();
      }
      throw new ModelRefusedException(obstacle.get());
    }
  }

  private void refuse(Pending refused, ModelRefusedException refusal) {
    lastRefusal = refused.model() + ": " + refusal.getMessage();
    refusals.run();
    if (refused.lease().firstToReport()) {
      LOG.error(
          "model {} is refused: {} ({})",
          refused.model(),
          refusal.getMessage(),
          timeline.isEmpty() ? "nothing serves yet" : timeline.last().model() + " keeps serving");
    }
  }
}
