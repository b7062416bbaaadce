package dev.eddy.pipeline.cli.backtest;

import dev.eddy.pipeline.backtest.BacktestSettings;
import dev.eddy.pipeline.backtest.ScoredOrigins;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.report.Report;
import dev.eddy.pipeline.cli.report.Section;
import dev.eddy.pipeline.cli.score.EvaluationText;
import dev.eddy.pipeline.cli.score.HorizonNames;
import dev.eddy.pipeline.cli.score.ScoreReport;
import dev.eddy.pipeline.cli.score.VersionTable;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.train.ScoreJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows what came of a backtest: lines on the console, a page, and JSON.
 *
 * @param deployment that was backtested
 * @param settings what was to be scored
 * @param recorded the history
 * @param outcome what came of it
 */
public record BacktestReport(
    Deployment deployment,
    BacktestSettings settings,
    RecordedHistory recorded,
    BacktestRun.Outcome outcome) {

  private String models() {
    return String.join(", ", outcome.answers().keySet());
  }

  private String title() {
    return models() + ": " + Formats.predicted(deployment) + ", backtest";
  }

  /** The scores and what they are worth, then how the run went. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(List.of("", title(), ""));
    lines.addAll(EvaluationText.lines(outcome.evaluation(), HorizonNames.of(deployment)));
    if (!outcome.versions().isEmpty()) {
      lines.add("");
      lines.addAll(VersionTable.of(outcome.versions()).lines());
    }
    lines.add("");
    lines.addAll(EvaluationText.verdicts(outcome.evaluation(), HorizonNames.of(deployment)));
    deployment.about().ifPresent(about -> about.lines().forEach(lines::add));
    lines.add("");
    lines.add(
        Formats.count(outcome.stepped())
            + " observations stepped in "
            + Formats.seconds(outcome.seconds())
            + some(outcome.failed(), " without a finite prediction")
            + some(outcome.refused(), " refused"));
    outcome.warning().ifPresent(lines::add);
    return lines;
  }

  private static String some(long count, String what) {
    return count > 0 ? "; " + Formats.count(count) + what : "";
  }

  /** Writes the page. */
  public void write(Path report) throws IOException {
    List<String> summary =
        new ArrayList<>(EvaluationText.verdicts(outcome.evaluation(), HorizonNames.of(deployment)));
    deployment.about().ifPresent(summary::add);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", models());
    facts.put("history", recorded.source());
    facts.put("scored", settings.period());
    facts.put("origins", settings.origin() == ScoredOrigins.LAST ? "last of each key" : "every");
    facts.put("observations stepped", Formats.count(outcome.stepped()));
    facts.put("wall clock", Formats.seconds(outcome.seconds()));
    List<Section> sections = new ArrayList<>();
    if (!outcome.versions().isEmpty()) {
      sections.add(
          new Section(
              "Versions",
              "Each by its own predictions; they serve at different times, which may be harder or"
                  + " easier.",
              List.of(VersionTable.of(outcome.versions()))));
    }
    sections.addAll(ScoreReport.sections(outcome.judge(), HorizonNames.of(deployment)));
    new Report(title(), summary, facts, sections).write(report);
  }

  /**
   * As {@code --json} prints it.
   *
   * @param report where the page is; null if there is none
   */
  public Map<String, Object> json(@Nullable Path report) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("deployment", deployment.name());
    json.put("history", recorded.source());
    json.put("scored", settings.period());
    json.put("origin", settings.origin().name().toLowerCase(Locale.ROOT));
    json.put("warmup", settings.warmup());
    json.put("predictions", outcome.answers());
    json.put("observations", outcome.stepped());
    json.put("deadLetters", recorded.deadLetters() + outcome.refused() + outcome.failed());
    json.put("seconds", outcome.seconds());
    json.putAll(ScoreJson.of(outcome.evaluation()));
    json.put("versions", versions());
    json.put("report", report == null ? null : report.toString());
    return json;
  }

  /** Of each version what is said of all keys together. */
  private Map<String, Object> versions() {
    Map<String, Object> versions = new LinkedHashMap<>();
    outcome
        .versions()
        .forEach(
            (version, evaluation) -> {
              Map<String, Object> scores = new LinkedHashMap<>(ScoreJson.of(evaluation));
              scores.remove("scores"); // of each key
              scores.remove("means");
              versions.put(version, scores);
            });
    return versions;
  }
}
