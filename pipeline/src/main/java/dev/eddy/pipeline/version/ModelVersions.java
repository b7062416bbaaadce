package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.settings.UserMistake;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one model as a subtask knows them: announced, loading, accepted or refused.
 * Announcements are decided in broker order once they are loaded, so that every subtask and every
 * replay decides alike; the accepted ones make up the {@link ModelTimeline}. A version whose files
 * cannot be read is refused like one whose files are wrong: the version before it serves until it
 * is announced again, or until the job starts anew. Confined to the subtask's thread; only loading
 * happens elsewhere.
 */
public final class ModelVersions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelVersions.class);

  /** An announcement whose version is being loaded. */
  private record Pending(Announcement announcement, ModelId model, ModelCache.Lease lease) {}

  private final VersionSettings settings;
  private final ModelCache cache;
  private final Runnable refusals;
  private final DecidedVersions decided;
  private final Map<String, Announcement> announced = new LinkedHashMap<>(); // by id, broker order
  private final Deque<Pending> pending = new ArrayDeque<>();
  private final List<ModelCache.Lease> leases = new ArrayList<>(); // of accepted versions
  private final Set<String> told = new HashSet<>(); // ids of refused announcements
  private long pendingFrom = Long.MAX_VALUE; // earliest effective time of what is pending
  private @Nullable String lastRefusal;
  private boolean unread; // whether files of some version could not be read

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
    decided = new DecidedVersions(settings.schema(), engines);
  }

  /**
   * Takes note of what an earlier run of the job has served.
   *
   * @param undigested by version, the digest of what made the states that name none
   */
  public void remember(Map<ExactModel, ServedVersion> served, Map<Integer, String> undigested) {
    decided.remember(served, undigested);
  }

  /** What this run of the job and those before it have served. */
  public Map<ExactModel, ServedVersion> served() {
    return decided.served();
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
    return Optional.of(load(announcement, model));
  }

  private CompletableFuture<TrainedModel> load(Announcement announcement, ModelId model) {
    boolean served = decided.hasServed(ExactModel.of(model.version(), announcement.digest()));
    ModelCache.Lease lease =
        cache.acquire(announcement.store(), model, announcement.digest(), served);
    pending.add(new Pending(announcement, model, lease));
    pendingFrom = Math.min(pendingFrom, announcement.effectiveFrom());
    return lease.loaded();
  }

  /** Every announcement for this deployment, in broker order. */
  public List<Announcement> announced() {
    return List.copyOf(announced.values());
  }

  /**
   * Waits for everything announced so far.
   *
   * @return whether a version can serve; if not, none can be read now, and {@link #loadAgain} may
   *     help
   * @throws UserMistake if none can, whatever is tried again
   */
  public boolean decideAll() throws InterruptedException {
    while (!pending.isEmpty()) {
      decideNext();
    }
    if (decided.isEmpty() && !unread) {
      throw new UserMistake(
          "model "
              + settings.model()
              + ": "
              + (lastRefusal == null
                  ? "none announced on topic " + settings.modelsTopic() + " (must be trained first)"
                  : "every version is refused; the last: " + lastRefusal));
    }
    return !decided.isEmpty();
  }

  /** Why the version that was refused last is. */
  public String lastRefusal() {
    return String.valueOf(lastRefusal);
  }

  /** Begins to load all versions anew, where none can serve. */
  public void loadAgain() {
    closePending();
    decided.clear();
    unread = false;
    for (Announcement announcement : announced.values()) {
      var unused = load(announcement, ModelId.parse(announcement.model()));
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
    return decided.at(time);
  }

  /** Number of the version that serves event time {@code time}, by what is decided so far. */
  public int serving(long time) {
    return decided.at(time).model().version();
  }

  /** An accepted version. */
  public ServingModel model(ExactModel of) {
    ServingModel model = decided.model(of);
    if (model == null) {
      throw new IllegalStateException(
          "model " + settings.model() + "@" + of.version() + ": not on the timeline");
    }
    return model;
  }

  /** The accepted version that was announced last. */
  public ServingModel newest() {
    return model(decided.last().exact());
  }

  /** How a key's state that {@code from} made moves over to {@code to}. */
  public SwapPolicy swap(ExactModel from, Tenure to) {
    return decided.swap(from, to);
  }

  /** How a version that serves, or has served, lays out a key's memory; empty if it never did. */
  public Optional<InputEncoder> encoder(ExactModel of) {
    return decided.encoder(of);
  }

  /** Whether a version is accepted. */
  public boolean has(ExactModel model) {
    return decided.model(model) != null;
  }

  /** The model that made a state, as far as is known where an older Eddy stored it. */
  public ExactModel identify(ExactModel stored) {
    return decided.identify(stored);
  }

  @Override
  public void close() {
    List<AutoCloseable> held = new ArrayList<>(List.of(decided));
    held.addAll(leases);
    held.add(this::closePending);
    try {
      IOUtils.closeAll(held); // each, even where one before it fails
    } catch (Exception e) {
      ExceptionUtils.rethrow(e);
    }
  }

  private void closePending() {
    pending.forEach(each -> each.lease().close());
    pending.clear();
    pendingFrom = Long.MAX_VALUE;
  }

  private void decideNext() throws InterruptedException {
    Pending next = pending.element();
    boolean loaded = false;
    try {
      TrainedModel trained = next.lease().loaded().get();
      loaded = true;
      decided.accept(next.announcement(), next.model(), trained);
      leases.add(next.lease());
      LOG.info("model {} is ready (announcement {})", next.model(), next.announcement().id());
    } catch (ModelRefusedException refusal) {
      refuse(next, refusal, loaded);
    } catch (ExecutionException e) {
      unread |= !(e.getCause() instanceof ModelRefusedException);
      refuse(next, e.getCause(), loaded);
    }
    pending.remove();
    pendingFrom =
        pending.stream()
            .mapToLong(other -> other.announcement().effectiveFrom())
            .min()
            .orElse(Long.MAX_VALUE);
  }

  private void refuse(Pending refused, @Nullable Throwable cause, boolean loaded) {
    Announcement announcement = refused.announcement();
    decided.refuse(announcement, refused.model(), loaded);
    String why = reason(cause);
    lastRefusal = refused.model() + ": " + why;
    if (told.add(announcement.id())) {
      refusals.run();
      if (refused.lease().firstToReport()) {
        LOG.error(
            "model {} is refused: {} ({})",
            refused.model(),
            why,
            decided.isEmpty() ? "nothing serves yet" : decided.last().model() + " keeps serving");
        Refusals.tell(refused.model(), why);
      }
    }
    refused.lease().close(); // so that the next announcement of it reads the files anew
  }

  private static String reason(@Nullable Throwable cause) {
    if (cause instanceof TimeoutException) {
      return "the store takes the call and does not answer (must answer within "
          + ModelCache.PATIENCE_SECONDS
          + " s)";
    }
    return cause instanceof ModelRefusedException || cause instanceof UnusableStoreException
        ? String.valueOf(cause.getMessage())
        : String.valueOf(cause);
  }
}
