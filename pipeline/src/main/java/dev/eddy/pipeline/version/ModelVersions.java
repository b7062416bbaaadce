package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one model as a subtask knows them. Announcements make up the {@link
 * ModelTimeline}; a version is loaded when an observation needs it, or when its time is near, and
 * let go when nothing has needed it for a while. Where it cannot be read, or does not fit, its
 * announcements are refused: the version before serves in its place, until it is announced again or
 * the job starts anew. Confined to the subtask's thread; only loading happens elsewhere.
 */
public final class ModelVersions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ModelVersions.class);
  private static final long SILENT_MILLIS = 1000; // of a wait that is worth no word

  private final VersionSettings settings;
  private final ModelCache cache;
  private final VersionWatch watch;
  private final ModelTimeline timeline = new ModelTimeline();
  private final ServedVersions served = new ServedVersions();
  private final LoadedVersions loaded;
  private final RefusalLog refusals;
  private final Map<String, Announcement> announced = new LinkedHashMap<>(); // by id, broker order
  private final List<Announcement> places = new ArrayList<>(); // by place on the timeline
  private final BitSet accepted = new BitSet(); // by place on the timeline
  private long nextLoad = Long.MAX_VALUE; // event time at which the next version is to be loaded

  /** No version yet. */
  public ModelVersions(VersionSettings settings, ModelCache cache, VersionWatch watch) {
    this(
        settings,
        cache,
        watch,
        weights -> StepEngines.create(settings.engine(), weights),
        System::nanoTime);
  }

  /** With step engines and a clock of one's own. */
  ModelVersions(
      VersionSettings settings,
      ModelCache cache,
      VersionWatch watch,
      Function<NetworkWeights, StepEngine> engines,
      LongSupplier nanoTime) {
    this.settings = settings;
    this.cache = cache;
    this.watch = watch;
    loaded = new LoadedVersions(LoadedVersions.ready(settings, engines), nanoTime);
    refusals = new RefusalLog(settings, watch);
  }

  /**
   * Takes note of what an earlier run of the job has served.
   *
   * @param undigested by version, the digest of what made the states that name none
   */
  public void remember(Map<ExactModel, ServedVersion> earlier, Map<Integer, String> undigested) {
    served.remember(earlier, undigested);
  }

  /** What this run of the job and those before it have served. */
  public Map<ExactModel, ServedVersion> served() {
    return served.all();
  }

  /**
   * Takes note of an announcement or a retraction; loads nothing.
   *
   * @return the first event time at which it changes what serves; empty if it changes nothing: it
   *     was known, or is not for this deployment
   */
  public OptionalLong learn(Announcement announcement) {
    ModelId model = ModelId.parse(announcement.model());
    if (!model.name().equals(settings.model())
        || announced.putIfAbsent(announcement.id(), announcement) != null) {
      return OptionalLong.empty();
    }
    nextLoad = Long.MIN_VALUE; // looked for anew
    return announcement.retracts()
        ? retract(ExactModel.of(model.version(), announcement.digest()))
        : append(announcement, model);
  }

  private OptionalLong append(Announcement announcement, ModelId model) {
    long from = announcement.effectiveFrom();
    String digest = announcement.digest();
    places.add(announcement);
    try {
      timeline.append(model, digest, from, SwapPolicy.of(announcement));
    } catch (ModelRefusedException mistake) {
      timeline.withdraw(timeline.append(model, digest, from, SwapPolicy.RESET));
      refusals.tell(announcement, mistake, true, standing());
    }
    return OptionalLong.of(from);
  }

  private OptionalLong retract(ExactModel model) {
    return timeline.withdraw(model).stream().mapToLong(Tenure::effectiveFrom).min();
  }

  /** Every announcement for this deployment, retractions too, in broker order. */
  public List<Announcement> announced() {
    return List.copyOf(announced.values());
  }

  /**
   * Waits for the version that was announced last, or, where it is refused, for the one before.
   *
   * @return whether a version can serve; if not, none can be read now, and {@link #tryAgain} may
   *     help
   * @throws UserMistake if none can, whatever is tried again
   */
  public boolean awaitOne() throws InterruptedException {
    while (!timeline.isEmpty()) {
      if (serves(timeline.last())) {
        return true;
      }
    }
    if (!refusals.mayPass()) {
      throw new UserMistake(
          "model "
              + settings.model()
              + ": "
              + (refusals.last() == null
                  ? "none announced on topic " + settings.modelsTopic() + " (must be trained first)"
                  : "every version is refused; the last: " + refusals.last()));
    }
    return false;
  }

  /** Why the version that was refused last is. */
  public String lastRefusal() {
    return String.valueOf(refusals.last());
  }

  /** Lets all that are refused be tried again, where none can serve. */
  public void tryAgain() {
    timeline.forgive();
    refusals.forgive();
  }

  /**
   * Begins to load what serves at an event time and what is to serve soon after it, without
   * waiting.
   *
   * @param time that observations have come to
   * @return what completes when something has been loaded; empty if nothing was begun
   */
  public Optional<CompletableFuture<TrainedModel>> prepare(long time) {
    if (time < nextLoad || timeline.isEmpty()) {
      return Optional.empty();
    }
    Optional<Tenure> next = timeline.after(time);
    boolean near = next.isPresent() && next.get().effectiveFrom() - loadAhead(time) <= time;
    nextLoad =
        next.map(tenure -> tenure.effectiveFrom() - (near ? 0 : loadAhead(time)))
            .orElse(Long.MAX_VALUE);
    Optional<CompletableFuture<TrainedModel>> now = begin(timeline.at(time));
    return near ? begin(next.get()).or(() -> now) : now;
  }

  private long loadAhead(long time) {
    return time == Long.MIN_VALUE ? 0 : settings.loadAheadMillis();
  }

  private Optional<CompletableFuture<TrainedModel>> begin(Tenure tenure) {
    if (loaded.knows(tenure.exact())) {
      return Optional.empty();
    }
    beginToLoad(tenure);
    return Optional.of(loaded.loaded(tenure.exact()));
  }

  private void beginToLoad(Tenure tenure) {
    Announcement announcement = places.get(tenure.index());
    loaded.add(
        tenure.exact(),
        cache.acquire(
            settings.stores().of(announcement),
            tenure.model(),
            announcement.digest(),
            served.has(tenure.exact())));
  }

  /** Decides on what has been loaded, without waiting. */
  public void decideLoaded() throws InterruptedException {
    for (ExactModel model : loaded.arrived()) {
      List<Tenure> tenures = timeline.of(model);
      if (tenures.isEmpty()) {
        loaded.giveUp(model); // retracted meanwhile
      } else {
        serves(tenures.get(tenures.size() - 1));
      }
    }
  }

  /** What serves event time {@code time}; waits for versions that might. */
  public Tenure at(long time) throws InterruptedException {
    Tenure tenure = timeline.at(time);
    while (!serves(tenure)) {
      tenure = timeline.at(time);
    }
    return tenure;
  }

  /** Number of the version that serves event time {@code time}; empty if it is yet to be loaded. */
  public OptionalInt serving(long time) {
    Tenure tenure = timeline.at(time);
    return accepted.get(tenure.index())
        ? OptionalInt.of(tenure.model().version())
        : OptionalInt.empty();
  }

  /** A version that serves, or has been asked for by {@link #has}. */
  public ServingModel model(ExactModel of) {
    ServingModel model = loaded.get(of);
    if (model == null) {
      throw new IllegalStateException(
          "model " + settings.model() + "@" + of.version() + ": is not loaded");
    }
    return model;
  }

  /** The version that was announced last and is not refused, as far as is known. */
  public ServingModel newest() {
    return model(timeline.last().exact());
  }

  /** Whether a version is announced and can serve; waits for it. */
  public boolean has(ExactModel model) throws InterruptedException {
    List<Tenure> tenures = timeline.of(model);
    return !tenures.isEmpty() && serves(tenures.get(tenures.size() - 1));
  }

  /** How a key's state that {@code from} made moves over to {@code to}. */
  public SwapPolicy swap(ExactModel from, Tenure to) {
    SwapPolicy wanted = timeline.swap(from, to);
    if (wanted != SwapPolicy.CARRY) {
      return wanted;
    }
    NetworkShape next = model(to.exact()).spec().network();
    boolean possible =
        served.spec(from).map(ModelSpec::network).filter(next::sharesStateWith).isPresent();
    return possible ? wanted : SwapPolicy.RESET; // of those between, some may be refused
  }

  /** How a version that serves, or has served, lays out a key's memory; empty if it never did. */
  public Optional<InputEncoder> encoder(ExactModel of) {
    return served.encoder(of);
  }

  /** The model that made a state, as far as is known where an older Eddy stored it. */
  public ExactModel identify(ExactModel stored) {
    return served.identify(stored);
  }

  /**
   * Lets go the versions in memory that nothing has needed for a while; between two batches.
   *
   * @param time that observations have come to
   */
  public void release(long time) {
    ExactModel serving = timeline.at(time).exact();
    ExactModel newest = timeline.last().exact();
    loaded.release(model -> model.equals(serving) || model.equals(newest));
  }

  /** Whether a tenure's version can serve; waits for it. If not, it is refused from now on. */
  private boolean serves(Tenure tenure) throws InterruptedException {
    ServingModel there = loaded.get(tenure.exact());
    if (there != null && accepted.get(tenure.index())) {
      return true;
    }
    try {
      ServingModel model = there == null ? load(tenure) : there;
      Optional<String> obstacle = obstacle(tenure, model.spec().network());
      if (obstacle.isEmpty()) {
        accept(tenure, model);
        return true;
      }
      timeline.refuse(tenure);
      tell(tenure, new ModelRefusedException(obstacle.get()), true);
    } catch (ModelRefusedException refusal) {
      refuse(tenure, refusal);
    } catch (ExecutionException e) {
      refuse(tenure, e.getCause());
    }
    return false;
  }

  private void accept(Tenure tenure, ServingModel model) {
    accepted.set(tenure.index());
    String digest = places.get(tenure.index()).digest();
    served.add(tenure.exact(), new ServedVersion(digest, model.spec()));
    LOG.info("model {} is ready", tenure.model());
  }

  private ServingModel load(Tenure tenure) throws InterruptedException, ExecutionException {
    if (!loaded.knows(tenure.exact())) {
      beginToLoad(tenure);
    }
    awaitLoaded(tenure);
    return loaded.await(tenure.exact());
  }

  /** Says that there is a wait, so that back-pressure has a name. */
  private void awaitLoaded(Tenure tenure) throws InterruptedException, ExecutionException {
    CompletableFuture<TrainedModel> coming = loaded.loaded(tenure.exact());
    if (coming.isDone()) {
      return;
    }
    watch.waiting(true);
    try {
      coming.get(SILENT_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      LOG.warn("model {}: observations wait until it is loaded", tenure.model());
      coming.get();
    } finally {
      watch.waiting(false);
    }
  }

  /** Why a tenure cannot carry; a state is carried between alike networks alone. */
  private Optional<String> obstacle(Tenure tenure, NetworkShape network)
      throws InterruptedException {
    Optional<Tenure> before = timeline.before(tenure);
    return tenure.swap() != SwapPolicy.CARRY || before.isEmpty()
        ? Optional.empty()
        : network(before.get()).flatMap(from -> tenure.swap().obstacle(from, network));
  }

  /** What a tenure's network is like, as far as its files tell. */
  private Optional<NetworkShape> network(Tenure tenure) throws InterruptedException {
    Optional<NetworkShape> known = served.spec(tenure.exact()).map(ModelSpec::network);
    if (known.isPresent()) {
      return known;
    }
    Announcement announcement = places.get(tenure.index());
    return cache
        .spec(settings.stores().of(announcement), tenure.model(), announcement.digest())
        .map(ModelSpec::network);
  }

  private void refuse(Tenure tenure, @Nullable Throwable cause) {
    boolean first = loaded.giveUp(tenure.exact()); // the next announcement of it reads it anew
    timeline.of(tenure.exact()).forEach(timeline::refuse);
    tell(tenure, cause, first);
  }

  private void tell(Tenure tenure, @Nullable Throwable cause, boolean first) {
    refusals.tell(places.get(tenure.index()), cause, first, standing());
  }

  /** Which version goes on serving, for messages. */
  private String standing() {
    return timeline.isEmpty() ? "nothing serves yet" : timeline.last().model() + " keeps serving";
  }

  @Override
  public void close() {
    loaded.close();
  }
}
