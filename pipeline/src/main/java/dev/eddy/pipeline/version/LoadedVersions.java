package dev.eddy.pipeline.version;

import dev.eddy.model.engine.StepEngine;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.pipeline.state.ExactModel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.apache.flink.util.ExceptionUtils;
import org.apache.flink.util.IOUtils;
import org.jspecify.annotations.Nullable;

/**
 * Holds the versions that a subtask has in memory, and those that are on their way there. One that
 * nobody has asked for during a minute is let go: it is loaded again where a key needs it. Confined
 * to one thread; only loading happens elsewhere.
 */
final class LoadedVersions implements AutoCloseable {
  private static final long UNUSED_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final class Held {
    final ServingModel model;
    final ModelCache.Lease lease;
    long used; // nanoseconds

    Held(ServingModel model, ModelCache.Lease lease) {
      this.model = model;
      this.lease = lease;
    }
  }

  private final Function<TrainedModel, ServingModel> serving;
  private final LongSupplier nanoTime;
  private final Map<ExactModel, ModelCache.Lease> loading = new LinkedHashMap<>();
  private final Map<ExactModel, Held> held = new HashMap<>();

  /**
   * None yet.
   *
   * @param serving makes a loaded version ready to step
   * @param nanoTime a clock
   */
  LoadedVersions(Function<TrainedModel, ServingModel> serving, LongSupplier nanoTime) {
    this.serving = serving;
    this.nanoTime = nanoTime;
  }

  /** Whether a version is in memory or on its way. */
  boolean knows(ExactModel model) {
    return held.containsKey(model) || loading.containsKey(model);
  }

  /** Takes note of a version that is being loaded. */
  void add(ExactModel model, ModelCache.Lease lease) {
    loading.put(model, lease);
  }

  /** Versions that have been loaded, or could not be, and that nobody has asked for since. */
  List<ExactModel> arrived() {
    return loading.entrySet().stream()
        .filter(entry -> entry.getValue().loaded().isDone())
        .map(Map.Entry::getKey)
        .toList();
  }

  /** What completes when a version that is on its way has come, or will not. */
  CompletableFuture<TrainedModel> loaded(ExactModel model) {
    ModelCache.Lease lease = loading.get(model);
    return lease == null ? CompletableFuture.completedFuture(null) : lease.loaded();
  }

  /** A version in memory; null if it is not there. */
  @Nullable ServingModel get(ExactModel model) {
    Held there = held.get(model);
    if (there == null) {
      return null;
    }
    there.used = nanoTime.getAsLong();
    return there.model;
  }

  /**
   * Waits for a version that is on its way and makes it ready.
   *
   * @throws ModelRefusedException if it does not fit
   * @throws ExecutionException if it could not be loaded
   */
  ServingModel await(ExactModel model) throws InterruptedException, ExecutionException {
    ModelCache.Lease lease = loading.get(model);
    if (lease == null) {
      throw new IllegalStateException("version " + model.version() + ": is not being loaded");
    }
    ServingModel ready = serving.apply(lease.loaded().get());
    loading.remove(model);
    Held there = new Held(ready, lease);
    there.used = nanoTime.getAsLong();
    held.put(model, there);
    return ready;
  }

  /**
   * Gives up a version that is on its way; the next who asks has its files read anew.
   *
   * @return whether this subtask is the first of the process that gives it up
   */
  boolean giveUp(ExactModel model) {
    ModelCache.Lease lease = loading.remove(model);
    if (lease == null) {
      return true;
    }
    boolean first = lease.firstToReport();
    lease.close();
    return first;
  }

  /** Lets go the versions in memory that nobody has asked for during a minute. */
  void release(Predicate<ExactModel> needed) {
    long now = nanoTime.getAsLong();
    List<ExactModel> unused =
        held.entrySet().stream()
            .filter(entry -> now - entry.getValue().used > UNUSED_NANOS)
            .map(Map.Entry::getKey)
            .filter(model -> !needed.test(model))
            .toList();
    for (ExactModel model : unused) {
      Held there = held.remove(model);
      there.model.close();
      there.lease.close();
    }
  }

  /** Makes engines of one's own kind step. */
  static Function<TrainedModel, ServingModel> ready(
      VersionSettings settings, Function<NetworkWeights, StepEngine> engines) {
    return model -> new ServingModel(model, settings.schema(), engines);
  }

  @Override
  public void close() {
    List<AutoCloseable> all = new ArrayList<>();
    held.values().forEach(each -> all.add(each.model));
    held.values().forEach(each -> all.add(each.lease));
    all.addAll(loading.values());
    try {
      IOUtils.closeAll(all); // each, even where one before it fails
    } catch (Exception e) {
      ExceptionUtils.rethrow(e);
    } finally {
      held.clear();
      loading.clear();
    }
  }
}
