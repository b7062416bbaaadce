package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.StoredKeyState;
import dev.eddy.pipeline.version.ModelCache;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.VersionWatch;
import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Predicts a history as the streaming operator would, without Flink: the same batches, model
 * versions and swaps, on states in memory. The same observations of a key in the same order under
 * the same announcements give the same predictions, with the {@code simd} and {@code plain} engines
 * bit for bit. Confined to one thread.
 */
public final class OfflinePredictor implements AutoCloseable {
  private final ModelVersions versions;
  private final ObservationBatch batch;
  private final Map<String, StoredKeyState> states = new HashMap<>();
  private final Map<String, StoredKeyState> shadows = new HashMap<>();
  private final Map<String, List<byte[]>> recent = new HashMap<>(); // by half and key
  private long refused;

  /** Hears what became of each observation, in the order in which they came. */
  @FunctionalInterface
  public interface Listener {
    /**
     * One observation has been answered.
     *
     * @param prediction null where it was older than its key's last one, or its outputs were not
     *     finite; the stream makes a dead letter of it
     */
    void answered(Observation observation, @Nullable Prediction prediction);
  }

  /**
   * Loads the versions that {@code timeline} announces.
   *
   * @param timeline the announcements of the models topic, in broker order
   * @throws UserMistake if none of them can serve
   */
  public OfflinePredictor(PredictSettings settings, List<Announcement> timeline)
      throws InterruptedException {
    versions = new ModelVersions(settings.versions(), ModelCache.SHARED, VersionWatch.NOBODY);
    batch = new ObservationBatch(settings, versions, new States());
    try {
      timeline.forEach(versions::learn);
      if (!versions.awaitOne()) {
        throw new UserMistake(
            "model "
                + settings.versions().model()
                + ": no version can be read; the last: "
                + versions.lastRefusal());
      }
    } catch (UserMistake | InterruptedException e) {
      versions.close();
      throw e;
    }
  }

  /** What the version that serves last is made of. */
  public ModelSpec newest() {
    return versions.newest().spec();
  }

  /**
   * How many observations and future updates so far came out of order or had nothing to go on from.
   */
  public long refused() {
    return refused;
  }

  /**
   * Steps all observations of some keys, which begin afresh and are forgotten at the end.
   *
   * @param events in the order of their arrival; the listener hears of the observations
   */
  public void predict(Iterator<KeyedEvent> events, Listener listener) throws Exception {
    while (events.hasNext()) {
      batch.add(events.next());
      if (batch.isFull()) {
        flush(listener);
      }
    }
    flush(listener);
    states.clear();
    shadows.clear();
    recent.clear();
  }

  private void flush(Listener listener) throws Exception {
    batch.step();
    for (int i = 0; i < batch.size(); i++) {
      refused += batch.isOutOfOrder(i) || batch.lacksObservation(i) ? 1 : 0;
      if (batch.event(i) instanceof Observation observation) {
        listener.answered(observation, batch.prediction(i));
      }
    }
    batch.clear();
  }

  @Override
  public void close() {
    versions.close();
  }

  private final class States implements KeyedStates {
    @Override
    public @Nullable StoredKeyState read(String key) {
      return states.get(key);
    }

    @Override
    public void write(String key, StoredKeyState state, @Nullable ExactModel made, long before) {
      states.put(key, state);
    }

    @Override
    public @Nullable StoredKeyState shadow(String key) {
      return shadows.get(key);
    }

    @Override
    public void writeShadow(String key, StoredKeyState state) {
      shadows.put(key, state);
    }

    @Override
    public void forgetShadow(String key) {
      shadows.remove(key);
    }

    @Override
    public Iterable<byte[]> recent(String key, int half) {
      return recent.getOrDefault(half + key, List.of());
    }

    @Override
    public void keep(String key, int half, boolean anew, List<byte[]> records) {
      List<byte[]> kept = recent.computeIfAbsent(half + key, unused -> new ArrayList<>());
      if (anew) {
        kept.clear();
      }
      kept.addAll(records);
    }
  }
}
