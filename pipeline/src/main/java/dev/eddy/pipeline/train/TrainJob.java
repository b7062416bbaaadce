package dev.eddy.pipeline.train;

import dev.eddy.connectors.file.ReplayProgress;
import dev.eddy.model.training.TrainingProgress;
import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.Provenance;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.training.Trainer;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.FileHistory;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.version.ModelStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The offline job: reads the history out of Kafka with a Flink batch job, or out of files, learns
 * from it outside Flink, publishes the version and announces it. A version is published before it
 * is announced, so that whoever hears of it finds it.
 */
public final class TrainJob {
  private final Deployment deployment;
  private final Path scratch;

  /**
   * What a run has made.
   *
   * @param history what was read
   * @param result the trained model and how well it does
   * @param version under which it was published
   * @param announced how it was announced; empty if it was not
   */
  public record Outcome(
      RecordedHistory history,
      TrainingResult result,
      PublishedModel version,
      Optional<ModelAnnouncer.Announced> announced) {}

  /**
   * A job for one run.
   *
   * @param scratch an empty or missing folder for the history; the caller removes it
   */
  public TrainJob(Deployment deployment, Path scratch) {
    this.deployment = deployment;
    this.scratch = scratch;
  }

  /**
   * Reads the observations topic.
   *
   * @param environment of a cluster in this process; used for this job alone
   */
  public RecordedHistory read(StreamExecutionEnvironment environment) throws Exception {
    return RecordedHistory.run(
        environment, deployment, scratch.resolve("history"), HistoryOrder.EVENT_TIME);
  }

  /**
   * Reads the deployment's replay files, without a broker.
   *
   * @param listener hears of the progress
   */
  public RecordedHistory readFiles(Consumer<ReplayProgress> listener) throws IOException {
    return FileHistory.read(
        deployment, scratch.resolve("history"), HistoryOrder.EVENT_TIME, listener);
  }

  /** Learns from the history. */
  public TrainingResult train(RecordedHistory extraction, TrainingProgress progress)
      throws IOException {
    Path encoded = Files.createDirectories(scratch.resolve("encoded"));
    try (History history = History.open(extraction.files(), deployment.input().featureSchema())) {
      return Trainer.train(
          deployment.trainingInput(),
          deployment.model(),
          deployment.training(),
          history,
          encoded,
          progress);
    }
  }

  /** Publishes the model as the next version of the deployment's name. */
  public PublishedModel publish(RecordedHistory history, TrainingResult result) {
    ModelStore store = ModelStores.open(deployment.store());
    return store.publish(
        deployment.name(),
        result.spec(),
        result.published(),
        provenance(history),
        metrics(result),
        result.networkZips());
  }

  private Provenance provenance(RecordedHistory history) {
    String data =
        history.source()
            + ": "
            + history.observations()
            + " observations from "
            + Instant.ofEpochMilli(history.oldest())
            + " to "
            + Instant.ofEpochMilli(history.newest());
    String platform =
        String.join(
            ", ",
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            "Java " + System.getProperty("java.version"));
    return new Provenance(
        data, "eddy 0.1.0", deployment.training().seed(), platform, Instant.now());
  }

  private static Map<String, Object> metrics(TrainingResult result) {
    Map<String, Object> metrics = new LinkedHashMap<>();
    metrics.put("training", result.summary());
    Evaluation evaluation = result.evaluation();
    metrics.put("forecasts", ScoreJson.of(evaluation.pooledForecasts()));
    metrics.put("keys", ScoreJson.of(keyMeans(evaluation)));
    metrics.put("classes", ScoreJson.of(evaluation.classes()));
    return metrics;
  }

  /** Not every horizon of every key: whoever loads a version reads them all. */
  private static List<ForecastScore> keyMeans(Evaluation evaluation) {
    return evaluation.horizonMeans().stream().filter(score -> !score.isPooled()).toList();
  }
}
