package dev.eddy.pipeline.version;

import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.TrainedModel;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.pipeline.version.store.ModelStores;
import dev.eddy.settings.UserMistake;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads model versions on threads of its own, a few at a time, once for all subtasks of a process,
 * and keeps each as long as one of them holds a lease on it. A version's file that cannot be read
 * is tried a few times, and for two minutes if the version has served and its store is away; one
 * whose content is wrong is refused at once. What could not be loaded is loaded anew once nobody
 * holds a lease on it any longer.
 */
public final class ModelCache {
  private static final Logger LOG = LoggerFactory.getLogger(ModelCache.class);
  private static final int AT_ONCE = 2; // versions
  private static final int ATTEMPTS = 7;
  private static final int ATTEMPTS_WHERE_GONE = 2; // of a store that has others
  private static final long FIRST_PAUSE_MILLIS = 200;
  private static final long LONGEST_PAUSE_MILLIS = 6400;
  static final long PATIENCE_SECONDS = 120; // a store may take a call and never answer

  /** The versions of this process. */
  public static final ModelCache SHARED = new ModelCache(Thread::new);

  /** What makes two announcements mean the same files. */
  private record Version(String store, ModelId model, String digest) {}

  private final Map<Version, Entry> entries = new HashMap<>(); // guarded by this
  private final Deque<Runnable> waiting = new ArrayDeque<>(); // guarded by this, begin a load
  private int running; // guarded by this, loads that have not ended or been given up
  private final ThreadFactory threads;

  /** Of tests; a process has the one that it {@link #SHARED shares}. */
  ModelCache(ThreadFactory threads) {
    this.threads = threads;
  }

  /**
   * Starts to load a version, or joins others who did.
   *
   * @param store its location as announced
   * @param digest SHA-256 of its {@code model.json}
   * @param served whether it has served before: where its store is away, one waits longer for it
   */
  synchronized Lease acquire(String store, ModelId model, String digest, boolean served) {
    Version version = new Version(store, model, digest);
    Entry entry = entries.get(version);
    if (entry == null) {
      entry = new Entry();
      entries.put(version, entry);
      begin(version, served, entry.loaded);
    }
    entry.leases++;
    return new Lease(version, entry);
  }

  /** How many versions are held, for tests. */
  synchronized int size() {
    return entries.size();
  }

  private synchronized void release(Version version, Entry entry) {
    entry.leases--;
    if (entry.leases == 0) {
      entries.remove(version, entry);
    }
  }

  /** Loads a version when its turn has come; one whose store never answers ends its turn. */
  private void begin(Version version, boolean served, CompletableFuture<TrainedModel> loaded) {
    var unused = loaded.whenComplete((model, failure) -> next());
    waiting.add(() -> load(version, served, loaded));
    if (running < AT_ONCE) {
      running++;
      waiting.remove().run();
    }
  }

  private void load(Version version, boolean served, CompletableFuture<TrainedModel> loaded) {
    onThread(version, () -> complete(version, served, loaded));
    var unused = loaded.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  private synchronized void next() {
    if (waiting.isEmpty()) {
      running--;
    } else {
      waiting.remove().run();
    }
  }

  private void onThread(Version version, Runnable work) {
    Thread thread = threads.newThread(work);
    thread.setName("eddy-load-" + version.model());
    thread.setDaemon(true);
    thread.start();
  }

  /** Begins to read what a version is made of. */
  CompletableFuture<ModelSpec> spec(String store, ModelId model, String digest) {
    CompletableFuture<ModelSpec> read = new CompletableFuture<>();
    Version version = new Version(store, model, digest);
    onThread(version, () -> describe(version, read));
    return read.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  // Whatever goes wrong belongs to whoever waits for the description.
  @SuppressWarnings("CatchingUnchecked")
  private static void describe(Version version, CompletableFuture<ModelSpec> read) {
    try {
      read.complete(open(version.store()).describe(version.model(), version.digest()).spec());
    } catch (RuntimeException | Error e) {
      read.completeExceptionally(e);
    }
  }

  // Whatever goes wrong belongs to whoever waits for the version.
  @SuppressWarnings("CatchingUnchecked")
  private static void complete(
      Version version, boolean served, CompletableFuture<TrainedModel> loaded) {
    try {
      loaded.complete(loadPatiently(version, served));
    } catch (InterruptedException | RuntimeException | Error e) {
      loaded.completeExceptionally(e);
    }
  }

  private static TrainedModel loadPatiently(Version version, boolean served)
      throws InterruptedException {
    ModelStore store = open(version.store());
    long start = System.nanoTime();
    long pause = FIRST_PAUSE_MILLIS;
    for (int attempt = 1; ; attempt++) {
      try {
        return store.load(version.model(), version.digest());
      } catch (UnusableStoreException e) {
        long waited = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        boolean worthwhile = waited + pause < TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS);
        boolean away = isAway(store, version.model());
        int attempts = away || isThere(store, version.model()) ? ATTEMPTS : ATTEMPTS_WHERE_GONE;
        if (attempt >= attempts && !(served && worthwhile && away)) {
          throw e;
        }
        LOG.warn("{} (attempt {})", e.getMessage(), attempt);
        Thread.sleep(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS);
      }
    }
  }

  private static boolean isThere(ModelStore store, ModelId model) {
    try {
      return store.list(model.name()).contains(model);
    } catch (UnusableStoreException e) {
      return true; // nobody knows
    }
  }

  /** Whether a store has no version at all: as one whose disk is not mounted, say. */
  private static boolean isAway(ModelStore store, ModelId model) {
    try {
      return store.list(model.name()).isEmpty();
    } catch (UnusableStoreException e) {
      return true;
    }
  }

  private static ModelStore open(String location) {
    try {
      return ModelStores.open(location);
    } catch (UserMistake e) {
      throw new ModelRefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  private static final class Entry {
    final CompletableFuture<TrainedModel> loaded = new CompletableFuture<>();
    final AtomicBoolean reported = new AtomicBoolean();
    int leases; // guarded by the cache
  }

  /** One subtask's hold on a version. Closing it twice is harmless. */
  final class Lease implements AutoCloseable {
    private final Version version;
    private final Entry entry;
    private final AtomicBoolean open = new AtomicBoolean(true);

    private Lease(Version version, Entry entry) {
      this.version = version;
      this.entry = entry;
    }

    /** The version, or why it cannot be had. */
    CompletableFuture<TrainedModel> loaded() {
      return entry.loaded;
    }

    /** True for the first of the process's subtasks that asks, so that one of them logs. */
    boolean firstToReport() {
      return entry.reported.compareAndSet(false, true);
    }

    @Override
    public void close() {
      if (open.compareAndSet(true, false)) {
        release(version, entry);
      }
    }
  }
}
