package dev.eddy.pipeline.backtest;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.fit.Seasons;
import dev.eddy.model.history.History;
import dev.eddy.model.history.KeyHistory;
import dev.eddy.model.history.Parts;
import dev.eddy.model.settings.Split;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.announce.EngineChoice;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.HistoryEvents;
import dev.eddy.pipeline.operator.OfflinePredictor;
import dev.eddy.pipeline.operator.PredictSettings;
import dev.eddy.pipeline.state.KeyClock;
import dev.eddy.pipeline.version.VersionSettings;
import dev.eddy.pipeline.version.store.TrustedStores;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Steps a history through a model timeline as the stream would, key after key, and tells what of it
 * is to be scored. One key at a time is in memory. Confined to one thread.
 */
public final class BacktestJob implements AutoCloseable {
  private final Deployment deployment;
  private final BacktestSettings settings;
  private final History history;
  private final Parts parts;
  private final ScoredPeriod period;
  private final OfflinePredictor predictor;

  /** Hears of every observation that was stepped, key after key. */
  public interface Listener {
    /**
     * One observation in its key's order.
     *
     * @param prediction what was said after it; null where the outputs were not finite
     * @param origin whether the prediction is to be scored
     * @param scored whether the observation belongs to the scored period
     */
    void stepped(
        Observation observation, @Nullable Prediction prediction, boolean origin, boolean scored);

    /** A key is done. */
    void ended(String key);
  }

  /**
   * Loads the models as a job of the deployment would.
   *
   * @param history in the order of arrival; not closed
   * @param timeline announcements of one name, in broker order
   * @throws UserMistake when none of them can serve
   */
  public BacktestJob(
      Deployment deployment,
      BacktestSettings settings,
      History history,
      List<Announcement> timeline)
      throws IOException, InterruptedException {
    this(deployment, settings, history, timeline, deployment.trustedStores());
  }

  /**
   * Loads the models.
   *
   * @param history in the order of arrival; not closed
   * @param timeline announcements of one name, in broker order
   * @param stores from which of them they are read
   * @throws UserMistake when none of them can serve
   */
  public BacktestJob(
      Deployment deployment,
      BacktestSettings settings,
      History history,
      List<Announcement> timeline,
      TrustedStores stores)
      throws IOException, InterruptedException {
    this.deployment = deployment;
    this.settings = settings;
    this.history = history;
    Split split = deployment.training().split();
    parts = Parts.of(split, history, deployment.training().seed());
    period = new ScoredPeriod(settings, split, parts);
    predictor = new OfflinePredictor(operatorSettings(timeline, stores), timeline);
  }

  private PredictSettings operatorSettings(List<Announcement> timeline, TrustedStores stores) {
    VersionSettings versions =
        new VersionSettings(
            timeline.isEmpty()
                ? deployment.modelName()
                : ModelId.parse(timeline.get(0).model()).name(),
            deployment.topics().models(),
            deployment.observationSchema(),
            stores,
            0,
            EngineChoice.of(deployment.serving(), stores, () -> timeline));
    return deployment
        .serving()
        .operator(versions, deployment.topics().observations(), deployment.input().maxAhead());
  }

  /** What the version that serves last is made of. */
  public ModelSpec newest() {
    return predictor.newest();
  }

  /** How many records so far were not stepped, which the stream would refuse as dead letters. */
  public long refused() {
    return predictor.refused();
  }

  /** Says that the newest version has learned from what is scored, if it may have. */
  public Optional<String> warning() {
    return period.warning(newest());
  }

  /** The keys of which something may be scored, sorted. */
  public List<String> keys() {
    return history.keys().stream().filter(period::mayHold).toList();
  }

  /**
   * The seasons that the training part shows of each target, whatever the model was told of them;
   * none for classes.
   */
  public List<List<Integer>> seasons() throws IOException {
    return newest().head() instanceof Head.Forecast
        ? Seasons.in(history, parts, newest())
        : List.of();
  }

  /**
   * The commonest label of what is not scored.
   *
   * @throws UserMistake when there is no label
   */
  public String majority() throws IOException {
    Map<String, Long> counts = new HashMap<>();
    for (String key : history.keys()) {
      KeyHistory of = history.read(key);
      for (int row = 0; row < of.length(); row++) {
        String label = of.labels()[row];
        if (label != null && !period.holds(key, of.time(row))) {
          counts.merge(label, 1L, Long::sum);
        }
      }
    }
    return counts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow(
            () ->
                Require.mistake(
                    "input.label",
                    "none outside the scored period",
                    "given, to compare with the commonest one"));
  }

  /** Steps the whole history of one key. */
  public void run(String key, Listener listener) throws Exception {
    KeyHistory of = history.read(key);
    int[] ranks = ranks(of);
    int last = settings.origin() == ScoredOrigins.LAST ? period.lastBefore(of, ranks) : -1;
    int[] row = {0};
    predictor.predict(
        HistoryEvents.of(of).iterator(),
        (observation, prediction) -> {
          int at = row[0]++;
          if (ranks[at] >= 0) {
            boolean warm = ranks[at] >= settings.warmup();
            boolean origin = warm && (settings.origin() == ScoredOrigins.EVERY || at == last);
            boolean scored = warm && period.holds(key, observation.time());
            listener.stepped(observation, prediction, origin, scored);
          }
        });
    listener.ended(key);
  }

  /** [rows] which of the key's observations in order each is, from 0; -1 for one out of order. */
  private int[] ranks(KeyHistory of) {
    int[] ranks = new int[of.length()];
    long maxAhead = deployment.input().maxAhead().toMillis();
    KeyClock clock = new KeyClock();
    int rank = 0;
    for (int row = 0; row < ranks.length; row++) {
      boolean late =
          clock.judge(of.time(row), of.recordTimes()[row], maxAhead) == KeyClock.Verdict.LATE;
      ranks[row] = late ? -1 : rank++;
    }
    return ranks;
  }

  @Override
  public void close() {
    predictor.close();
  }
}
