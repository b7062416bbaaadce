package dev.eddy.pipeline.cli.models;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.report.ReportTable;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.evaluation.report.ClassesOnline;
import dev.eddy.pipeline.evaluation.report.Drift;
import dev.eddy.pipeline.evaluation.report.EvaluationJson;
import dev.eddy.pipeline.evaluation.report.EvaluationRecord;
import dev.eddy.pipeline.evaluation.report.ForecastOnline;
import dev.eddy.pipeline.evaluation.report.OnlineScores;
import dev.eddy.pipeline.evaluation.report.Scores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells how a version did in the stream.
 *
 * @param online what the evaluations topic holds of it
 */
record OnlineTable(OnlineScores online) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FORECASTS =
      List.of(
          "horizon",
          "scored",
          "MAE",
          "RMSE",
          "pinball",
          "coverage",
          "of the first 200",
          "persistence's MAE");
  private static final List<String> CLASSES =
      List.of("scored", "accuracy", "macro-F1", "log loss", "majority", "label before");

  /** Of a deployment that evaluates. */
  static Optional<OnlineTable> of(Deployment deployment, String model) {
    return deployment
        .topics()
        .evaluations()
        .map(topic -> new OnlineTable(OnlineScores.read(deployment.kafka(), topic, model)));
  }

  List<String> lines() {
    List<String> lines = new ArrayList<>();
    online.serving().ifPresent(scores -> add(lines, "in the stream", scores));
    online.shadow().ifPresent(scores -> add(lines, "in the stream, as a shadow", scores));
    for (Drift drift : online.drifts()) {
      lines.add("");
      lines.add(
          "drift since "
              + Instant.ofEpochMilli(drift.since())
              + ", told at "
              + Instant.ofEpochMilli(drift.time())
              + ": its error beside persistence's went from "
              + Formats.value(drift.before())
              + " to "
              + Formats.value(drift.after()));
    }
    if (lines.isEmpty()) {
      lines.add("");
      lines.add("in the stream: not evaluated yet");
    }
    return lines;
  }

  private static void add(List<String> lines, String where, Scores scores) {
    lines.add("");
    lines.add(
        where
            + ", "
            + Instant.ofEpochMilli(scores.from())
            + " to "
            + Instant.ofEpochMilli(scores.to())
            + ", "
            + Formats.count(scores.predictions())
            + " predictions:");
    lines.add("");
    if (!scores.forecasts().isEmpty()) {
      List<List<String>> rows = scores.forecasts().stream().map(OnlineTable::row).toList();
      lines.addAll(new ReportTable(FORECASTS, rows).lines());
    }
    scores
        .classes()
        .ifPresent(
            classes -> lines.addAll(new ReportTable(CLASSES, List.of(row(classes))).lines()));
  }

  private static List<String> row(ForecastOnline score) {
    boolean early = score.early().count() > 0;
    return List.of(
        score.target() + " " + score.horizon(),
        Long.toString(score.count()),
        Formats.value(score.mae()),
        Formats.value(Math.sqrt(score.squares())),
        Formats.value(score.pinball()),
        Formats.value(score.coverage().orElse(Double.NaN)),
        Formats.value(early ? score.early().coverage() : Double.NaN),
        Formats.value(score.persistenceMae()));
  }

  private static List<String> row(ClassesOnline classes) {
    return List.of(
        Long.toString(classes.count()),
        Formats.value(classes.accuracy()),
        Formats.value(classes.macroF1()),
        Formats.value(classes.logLoss()),
        Formats.value(classes.majority()),
        Formats.value(classes.previousAccuracy()));
  }

  /** As the records say it, of all windows together. */
  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("serving", online.serving().map(OnlineTable::json).orElse(null));
    json.put("shadow", online.shadow().map(OnlineTable::json).orElse(null));
    json.put("drifts", online.drifts().stream().map(OnlineTable::json).toList());
    return json;
  }

  private static Map<?, ?> json(EvaluationRecord record) {
    try {
      return JSON.readValue(EvaluationJson.write(record), Map.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
