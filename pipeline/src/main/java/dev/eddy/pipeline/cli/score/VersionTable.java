package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.ClassScore;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.report.ReportTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lays out how each version of a timeline did, by its own predictions. */
public final class VersionTable {
  private VersionTable() {}

  /**
   * The mean over horizons of all keys together, a row a version and target; classes a row a
   * version.
   */
  public static ReportTable of(Map<String, Evaluation> versions) {
    boolean classes = versions.values().stream().anyMatch(each -> !each.classes().isEmpty());
    List<List<String>> rows = new ArrayList<>();
    versions.forEach(
        (version, evaluation) -> {
          evaluation.pooledClasses().forEach(score -> rows.add(row(version, score)));
          KeyScores keys = new KeyScores(evaluation);
          evaluation.horizonMeans().stream()
              .filter(ForecastScore::isPooled)
              .forEach(score -> rows.add(row(version, score, keys)));
        });
    return new ReportTable(
        classes
            ? List.of("version", "scored", "accuracy", "macro-F1", "majority label")
            : List.of("version", "target", "scored", "MAE", "MASE", "better by", "in interval"),
        rows);
  }

  private static List<String> row(String version, ClassScore score) {
    return List.of(
        version,
        Formats.count(score.count()),
        Formats.value(score.accuracy()),
        Formats.value(score.macroF1()),
        Formats.value(score.majority().accuracy()));
  }

  private static List<String> row(String version, ForecastScore score, KeyScores keys) {
    Compared compared = Compared.of(score, keys);
    return List.of(
        version,
        score.target(),
        Formats.count(score.count()),
        Formats.value(score.mae()),
        Formats.value(score.mase()),
        Formats.finePercent(1 - compared.model() / compared.best()),
        Formats.finePercent(score.coverage()));
  }
}
