package dev.eddy.pipeline.train;

import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.Provenance;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.RecordedHistory;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes what was learned as the next version of the deployment's model, with where it comes
 * from and how well it does.
 *
 * @param deployment whose model's name and store it gets
 */
record ModelPublisher(Deployment deployment) {

  /** Publishes a training's result, learned from {@code history}. */
  PublishedModel publish(ModelStore store, RecordedHistory history, TrainingResult result) {
    return store.publish(
        deployment.modelName(),
        result.spec(),
        result.published(),
        provenance(history),
        metrics(result),
        result.networkZips());
  }

  private Provenance provenance(RecordedHistory history) {
    String data = TrainingData.describe(history);
    String platform =
        String.join(
            ", ",
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            "Java " + System.getProperty("java.version"));
    return new Provenance(
        data, EddyVersion.text(), deployment.training().seed(), platform, Instant.now());
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
