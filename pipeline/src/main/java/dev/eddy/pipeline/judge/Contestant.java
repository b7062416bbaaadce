package dev.eddy.pipeline.judge;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.history.History;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.pipeline.backtest.BacktestJob;
import dev.eddy.pipeline.backtest.BacktestSettings;
import dev.eddy.pipeline.backtest.ScoredOrigins;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.version.store.TrustedStores;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One of the versions that are judged: answers a key's observations the way it serves. */
final class Contestant implements AutoCloseable {
  private final BacktestJob job;

  /**
   * An observation and what was said after it.
   *
   * @param said [values] null where the outputs were not finite
   */
  record Answer(Observation observation, double @Nullable [] said) {}

  Contestant(Deployment deployment, History history, List<Announcement> timeline)
      throws IOException, InterruptedException {
    BacktestSettings all =
        new BacktestSettings(
            ScoredOrigins.EVERY,
            0,
            Optional.of(Instant.ofEpochMilli(Long.MIN_VALUE)),
            Optional.empty());
    job = new BacktestJob(deployment, all, history, timeline, TrustedStores.asAnnounced());
  }

  ModelSpec spec() {
    return job.newest();
  }

  /** The seasons that the training part shows of each target, whatever the version was told. */
  List<List<Integer>> seasons() throws IOException {
    return job.seasons();
  }

  /** Answers each observation of a key, in order, from its first. */
  void answer(String key, Consumer<Answer> listener) throws Exception {
    job.run(
        key,
        new BacktestJob.Listener() {
          @Override
          public void stepped(
              Observation observation,
              @Nullable Prediction prediction,
              boolean origin,
              boolean scored) {
            listener.accept(
                new Answer(observation, prediction == null ? null : prediction.values().clone()));
          }

          @Override
          public void ended(String ended) {}
        });
  }

  @Override
  public void close() {
    job.close();
  }
}
