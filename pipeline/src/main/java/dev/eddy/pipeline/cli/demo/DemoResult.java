package dev.eddy.pipeline.cli.demo;

import dev.eddy.model.score.Evaluation;
import dev.eddy.pipeline.train.ScoreJson;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures and scores that a demo has come to.
 *
 * @param deployment its name
 * @param model the version that predicted
 * @param observations that went through Kafka
 * @param predictions that came back
 * @param deadLetters that came back instead
 * @param streamed observations that were held back and streamed last
 * @param eventsPerSecond of these, from the first one sent to the last prediction written
 * @param trainingSeconds wall clock of the training
 * @param seconds wall clock of everything
 * @param evaluation scores of what was held back
 * @param report the page
 */
public record DemoResult(
    String deployment,
    String model,
    long observations,
    long predictions,
    long deadLetters,
    long streamed,
    double eventsPerSecond,
    double trainingSeconds,
    double seconds,
    Evaluation evaluation,
    Path report) {

  /** As {@code --json} prints it. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("deployment", deployment);
    json.put("model", model);
    json.put("observations", observations);
    json.put("predictions", predictions);
    json.put("deadLetters", deadLetters);
    json.put("streamed", streamed);
    json.put("eventsPerSecond", Math.round(eventsPerSecond));
    json.put("trainingSeconds", trainingSeconds);
    json.put("seconds", seconds);
    json.putAll(ScoreJson.of(evaluation));
    json.put("report", report.toString());
    return json;
  }
}
