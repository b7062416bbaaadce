package dev.eddy.pipeline.train;

import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.store.Learned;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.Provenance;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.judge.TrainingData;
import dev.eddy.pipeline.judge.Verdict;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Publishes what was learned as the next version of the deployment's model, with where it comes
 * from and how well it does.
 *
 * @param deployment whose model's name and store it gets
 */
record ModelPublisher(Deployment deployment) {

  /** What was learned, and from what. */
  record Learning(RecordedHistory history, TrainingResult result, TrainedOn on) {}

  /**
   * Publishes what was learned.
   *
   * @param verdict how it was judged; empty if it was not
   */
  PublishedModel publish(ModelStore store, Learning learning, Optional<Verdict> verdict) {
    TrainingResult result = learning.result();
    Map<String, byte[]> beside = new LinkedHashMap<>(result.beside());
    beside.putAll(learning.on().files());
    Map<String, Object> metrics = metrics(result);
    verdict.ifPresent(found -> metrics.put("judged", found.json()));
    return store.publish(
        deployment.modelName(),
        result.spec(),
        result.published(),
        provenance(learning.history(), learning.on().learned()),
        metrics,
        beside);
  }

  private Provenance provenance(RecordedHistory history, Learned learned) {
    String data = TrainingData.describe(history);
    String platform =
        String.join(
            ", ",
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            "Java " + System.getProperty("java.version"));
    return new Provenance(
        data,
        EddyVersion.text(),
        deployment.training().seed(),
        platform,
        Instant.now(),
        Optional.of(learned));
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
