package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.encoding.InputEncoder;
import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.pipeline.state.ExactModel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * The versions of one model as a subtask knows them. Announcements make up the {@link
 * ModelTimeline}; a version is loaded when an observation needs it, or when its time is near, and
 * let go when nothing has needed it for a while. Where it cannot be read, or does not fit, its
 * announcements are refused: the version before serves in its place, until it is announced again or
 * the job starts anew. Confined to the subtask's thread; only loading happens elsewhere.
 */
public final class ModelVersions implements AutoCloseable {
  private final VersionSettings settings;
  private final ModelTimeline timeline = new ModelTimeline();
  private final ServedVersions served = new ServedVersions();
  private final LoadedVersions loaded;
  private final TenureDecisions decisions;
  private final Map<String, Announcement> announced = new LinkedHashMap<>(); // by id, broker order
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
    loaded = new LoadedVersions(LoadedVersions.ready(settings, engines), nanoTime);
    decisions = new TenureDecisions(settings, cache, watch, timeline, served, loaded);
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
   * @return the first event time at which it changes what serves, or what is its shadow; empty if
   *     it changes nothing: it was known, or is not for this deployment, or takes a shadow back,
   *     which never was one then
   */
  public OptionalLong learn(Announcement announcement) {
    ModelId model = ModelId.parse(announcement.model());
    if (!model.name().equals(settings.model())
        || announced.putIfAbsent(announcement.id(), announcement) != null) {
      return OptionalLong.empty();
    }
    nextLoad = Long.MIN_VALUE; // looked for anew
    if (announcement.retracts()) {
      ExactModel retracted = ExactModel.of(model.version(), announcement.digest());
      return timeline.withdraw(retracted).stream().mapToLong(Tenure::effectiveFrom).min();
    }
    decisions.append(announcement, model);
    return OptionalLong.of(announcement.effectiveFrom());
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
   * @throws NoVersionServes if none can, whatever is tried again
   */
  public boolean awaitOne() throws InterruptedException {
    while (!timeline.isEmpty()) {
      if (decisions.serves(timeline.last())) {
        return true;
      }
    }
    if (!decisions.refusals().mayPass()) {
      throw new NoVersionServes(
          "model "
              + settings.model()
              + ": "
              + (decisions.refusals().last() == null
                  ? "none announced on topic " + settings.modelsTopic() + " (must be trained first)"
                  : "every version is refused; the last: " + decisions.refusals().last()));
    }
    return false;
  }

  /** Why the version that was refused last is. */
  public String lastRefusal() {
    return String.valueOf(decisions.refusals().last());
  }

  /** Lets all that are refused be tried again, where none can serve. */
  public void tryAgain() {
    timeline.forgive();
    decisions.refusals().forgive();
  }

  /**
   * Begins to load what serves at an event time, its shadow, and what is to come soon after it,
   * without waiting.
   *
   * @param time that observations have come to
   * @return what completes when something has been loaded; empty if nothing was begun
   */
  public List<CompletableFuture<TrainedModel>> prepare(long time) {
    if (time < nextLoad || timeline.isEmpty()) {
      return List.of();
    }
    long ahead = time == Long.MIN_VALUE ? 0 : settings.loadAheadMillis();
    List<Tenure> next =
        Stream.of(timeline.after(time), timeline.shadowAfter(time))
            .flatMap(Optional::stream)
            .toList();
    List<Tenure> near =
        next.stream().filter(tenure -> tenure.effectiveFrom() - ahead <= time).toList();
    nextLoad =
        next.stream()
            .mapToLong(tenure -> tenure.effectiveFrom() - (near.contains(tenure) ? 0 : ahead))
            .min()
            .orElse(Long.MAX_VALUE);
    return Stream.of(Stream.of(timeline.at(time)), timeline.shadow(time).stream(), near.stream())
        .flatMap(each -> each)
        .flatMap(tenure -> decisions.begin(tenure).stream())
        .toList();
  }

  /** Decides on what has been loaded, without waiting. */
  public void decideLoaded() throws InterruptedException {
    for (ExactModel model : loaded.arrived()) {
      List<Tenure> tenures = timeline.of(model);
      if (tenures.isEmpty()) {
        loaded.giveUp(model); // retracted meanwhile
      } else {
        decisions.serves(tenures.get(tenures.size() - 1));
      }
    }
  }

  /** What serves event time {@code time}; waits for versions that might. */
  public Tenure at(long time) throws InterruptedException {
    while (!timeline.isEmpty()) {
      Tenure tenure = timeline.at(time);
      if (decisions.serves(tenure)) {
        return tenure;
      }
    }
    throw new IllegalStateException( // the next start waits for one
        "model " + settings.model() + ": no version is left to serve; the last: " + lastRefusal());
  }

  /**
   * What is to be stepped beside the version that serves event time {@code time}; waits for it as
   * for one that serves.
   */
  public Optional<Tenure> shadow(long time) throws InterruptedException {
    Optional<Tenure> shadow = timeline.shadow(time);
    while (shadow.isPresent() && !decisions.serves(shadow.get())) {
      shadow = timeline.shadow(time);
    }
    return shadow;
  }

  /** What is to be stepped beside it, loaded or not, as far as is known. */
  public Optional<Tenure> dueShadow(long time) {
    return timeline.shadow(time);
  }

  /** Number of the version that is stepped beside it; empty if none is, or none yet. */
  public OptionalInt shadowing(long time) {
    return timeline.shadow(time).filter(decisions::isAccepted).stream()
        .mapToInt(shadow -> shadow.model().version())
        .findFirst();
  }

  /** Number of the version that serves event time {@code time}; empty if it is yet to be loaded. */
  public OptionalInt serving(long time) {
    if (timeline.isEmpty()) {
      return OptionalInt.empty();
    }
    Tenure tenure = timeline.at(time);
    return decisions.isAccepted(tenure)
        ? OptionalInt.of(tenure.model().version())
        : OptionalInt.empty();
  }

  /** What is to serve event time {@code time}, loaded or not, as far as is known. */
  public Optional<ExactModel> due(long time) {
    return timeline.isEmpty() ? Optional.empty() : Optional.of(timeline.at(time).exact());
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
    return !tenures.isEmpty() && decisions.serves(tenures.get(tenures.size() - 1));
  }

  /** How a key's state that {@code from} made moves over to {@code to}. */
  public SwapPolicy swap(ExactModel from, Tenure to) throws InterruptedException {
    decisions.look(from);
    SwapPolicy wanted = timeline.swap(from, to);
    if (wanted != SwapPolicy.CARRY) {
      return wanted;
    }
    NetworkShape next = model(to.exact()).spec().network();
    boolean possible =
        served.spec(from).map(ModelSpec::network).filter(next::sharesStateWith).isPresent();
    return possible ? wanted : SwapPolicy.RESET; // of those between, some may be refused
  }

  /** How an announced version lays out a key's memory; empty if nobody knows any more. */
  public Optional<InputEncoder> encoder(ExactModel of) throws InterruptedException {
    decisions.look(of);
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
    if (timeline.isEmpty()) {
      return;
    }
    Set<ExactModel> needed = new HashSet<>();
    timeline.shadow(time).map(Tenure::exact).ifPresent(needed::add);
    needed.addAll(List.of(timeline.at(time).exact(), timeline.last().exact()));
    loaded.release(needed::contains);
  }

  @Override
  public void close() {
    loaded.close();
  }
}
