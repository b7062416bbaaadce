package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.pipeline.state.ExactModel;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a tenure's version can serve: has it loaded, waits for it where an observation
 * does, holds what it says of hidden state against the announcement before, and refuses what cannot
 * serve. Confined to one thread.
 */
final class TenureDecisions {
  private static final Logger LOG = LoggerFactory.getLogger(TenureDecisions.class);
  private static final long SILENT_MILLIS = 1000; // of a wait that is worth no word

  private final VersionSettings settings;
  private final ModelCache cache;
  private final VersionWatch watch;
  private final ModelTimeline timeline;
  private final ServedVersions served;
  private final LoadedVersions loaded;
  private final RefusalLog refusals;
  private final List<Announcement> places = new ArrayList<>(); // by place on the timeline
  private final BitSet accepted = new BitSet(); // by place on the timeline
  private final Map<ExactModel, CompletableFuture<ModelSpec>> described = new HashMap<>();

  TenureDecisions(
      VersionSettings settings,
      ModelCache cache,
      VersionWatch watch,
      ModelTimeline timeline,
      ServedVersions served,
      LoadedVersions loaded) {
    this.settings = settings;
    this.cache = cache;
    this.watch = watch;
    this.timeline = timeline;
    this.served = served;
    this.loaded = loaded;
    refusals = new RefusalLog(settings, watch);
  }

  /** Why versions were refused. */
  RefusalLog refusals() {
    return refusals;
  }

  /**
   * Puts an announcement on the timeline, behind all others; a policy that is none never counts.
   */
  void append(Announcement announcement, ModelId model) {
    long from = announcement.effectiveFrom();
    String digest = announcement.digest();
    boolean shadow = announcement.shadow();
    places.add(announcement);
    try {
      timeline.append(model, digest, from, SwapPolicy.of(announcement), shadow);
    } catch (ModelRefusedException mistake) {
      timeline.withdraw(timeline.append(model, digest, from, SwapPolicy.RESET, shadow));
      refusals.tell(announcement, mistake, true, standing());
    }
  }

  /** Whether it was decided that a tenure serves. */
  boolean isAccepted(Tenure tenure) {
    return accepted.get(tenure.index());
  }

  /** Begins to load a tenure's version; empty if that was begun before. */
  Optional<CompletableFuture<TrainedModel>> begin(Tenure tenure) {
    if (loaded.knows(tenure.exact())) {
      return Optional.empty();
    }
    beginToLoad(tenure);
    return Optional.of(loaded.loaded(tenure.exact()));
  }

  private void beginToLoad(Tenure tenure) {
    Announcement announcement = places.get(tenure.index());
    if (tenure.swap() == SwapPolicy.CARRY) { // which is held against what was before it
      timeline
          .before(tenure)
          .filter(before -> !served.has(before.exact()))
          .ifPresent(
              before -> {
                var unused = describe(before);
              });
    }
    loaded.add(
        tenure.exact(),
        cache.acquire(
            settings.stores().of(announcement),
            tenure.model(),
            announcement.digest(),
            served.has(tenure.exact())));
  }

  /** Whether a tenure's version can serve; waits for it. If not, it is refused from now on. */
  boolean serves(Tenure tenure) throws InterruptedException {
    ServingModel there = loaded.get(tenure.exact());
    if (there != null && accepted.get(tenure.index())) {
      return true;
    }
    try {
      ServingModel model = there == null ? load(tenure) : there;
      boolean decided = accepted.get(tenure.index()); // it was only let go meanwhile
      Optional<String> obstacle =
          decided ? Optional.empty() : obstacle(tenure, model.spec().network());
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
    return known(tenure.exact(), tenure).map(ModelSpec::network);
  }

  /**
   * Learns what a version is made of that another subtask has served: states of its keys may come
   * here when the job is rescaled.
   */
  void look(ExactModel model) throws InterruptedException {
    Optional<Tenure> announced = served.has(model) ? Optional.empty() : timeline.anyOf(model);
    if (announced.isPresent()) {
      String digest = places.get(announced.get().index()).digest();
      known(model, announced.get())
          .ifPresent(spec -> served.add(model, new ServedVersion(digest, spec)));
    }
  }

  private Optional<ModelSpec> known(ExactModel model, Tenure tenure) throws InterruptedException {
    Optional<ModelSpec> spec = served.spec(model);
    if (spec.isPresent()) {
      return spec;
    }
    CompletableFuture<ModelSpec> coming = describe(tenure);
    watch.waiting(true);
    try {
      return Optional.of(coming.get());
    } catch (ExecutionException e) {
      LOG.warn("model {}: its description cannot be read", tenure.model(), e.getCause());
      described.remove(model); // the next who asks has it read anew
      return Optional.empty();
    } finally {
      watch.waiting(false);
    }
  }

  /** Begins to read what a version is made of, unless that was begun before. */
  private CompletableFuture<ModelSpec> describe(Tenure tenure) {
    Announcement announcement = places.get(tenure.index());
    return described.computeIfAbsent(
        tenure.exact(),
        unknown ->
            cache.spec(settings.stores().of(announcement), tenure.model(), announcement.digest()));
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
}
