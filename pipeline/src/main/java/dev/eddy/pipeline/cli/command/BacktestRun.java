package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.history.History;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.spec.Head;
import dev.eddy.pipeline.backtest.BacktestJob;
import dev.eddy.pipeline.backtest.BacktestSettings;
import dev.eddy.pipeline.backtest.ScoredOrigins;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.console.Predicts;
import dev.eddy.pipeline.cli.report.Report;
import dev.eddy.pipeline.cli.score.Judge;
import dev.eddy.pipeline.cli.score.Judges;
import dev.eddy.pipeline.cli.score.ScoreReport;
import dev.eddy.pipeline.cli.score.ScoreTables;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs a {@link BacktestJob}, scores it and tells the console. */
final class BacktestRun {
  private final Deployment deployment;
  private final BacktestSettings settings;
  private final RecordedHistory extraction;
  private final List<Announcement> timeline;
  private final Console console;
  private final Map<String, Long> answers = new TreeMap<>(); // by model version
  private long stepped;
  private long failed;

  /**
   * A backtest.
   *
   * @param extraction the history, in the order of arrival
   * @param timeline announcements of the versions to step with
   */
  BacktestRun(
      Deployment deployment,
      BacktestSettings settings,
      RecordedHistory extraction,
      List<Announcement> timeline,
      Console console) {
    this.deployment = deployment;
    this.settings = settings;
    this.extraction = extraction;
    this.timeline = timeline;
    this.console = console;
  }

  /**
   * Runs it.
   *
   * @param report where the report goes; null for none
   * @return makes the result that {@code --json} prints
   * @throws UserMistake when nothing can be scored
   */
  Supplier<Map<String, Object>> run(@Nullable Path report) throws Exception {
    long start = System.nanoTime();
    try (History history = History.open(extraction.files(), deployment.input().featureSchema());
        BacktestJob job = new BacktestJob(deployment, settings, history, timeline)) {
      Judge scorer = scorer(job);
      run(job, scorer);
      double seconds = (System.nanoTime() - start) / 1e9;
      Evaluation evaluation = scorer.evaluation();
      if (evaluation.isEmpty()) {
        throw new UserMistake(nothingScored());
      }
      tell(evaluation, seconds, job);
      if (report != null) {
        write(report, scorer, evaluation, seconds);
        console.line("report: " + report);
      }
      long refused = job.refused();
      return () -> result(evaluation, seconds, refused, report);
    }
  }

  private Judge scorer(BacktestJob job) {
    if (job.newest().head() instanceof Head.Classes && settings.origin() == ScoredOrigins.LAST) {
      throw new UserMistake("--origin: last (must be every for classes)");
    }
    return Judges.of(job.newest(), deployment, job.keys(), () -> majority(job));
  }

  private static String majority(BacktestJob job) {
    try {
      return job.majority();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(BacktestJob job, Judge scorer) throws Exception {
    List<String> keys = job.keys();
    int done = 0;
    for (String key : keys) {
      job.run(key, new Scoring(scorer));
      done++;
      console.progress(
          "  backtesting: "
              + Formats.count(done)
              + " of "
              + Formats.count(keys.size())
              + " keys, "
              + Formats.count(stepped)
              + " observations");
    }
  }

  private String nothingScored() {
    if (settings.origin() == ScoredOrigins.LAST) {
      return "--origin: last: nothing to score (must find keys with an observation before the scored"
          + " period and actuals in it; set training.split or --from so, or --origin every)";
    }
    return "scored period: nothing to score (must hold actuals; set training.split, or --from and"
        + " --to, so that it does)";
  }

  private String title() {
    return String.join(", ", answers.keySet())
        + ": "
        + Predicts.describe(deployment)
        + ", backtest";
  }

  private void tell(Evaluation evaluation, double seconds, BacktestJob job) {
    console.line("");
    console.line(title());
    console.line("");
    ScoreTables.lines(evaluation).forEach(console::line);
    console.line("");
    ScoreTables.verdicts(evaluation).forEach(console::line);
    deployment.about().ifPresent(about -> about.lines().forEach(console::line));
    console.line("");
    console.line(
        Formats.count(stepped)
            + " observations stepped in "
            + Formats.seconds(seconds)
            + (failed > 0 ? "; " + Formats.count(failed) + " without a finite prediction" : "")
            + (job.refused() > 0 ? "; " + Formats.count(job.refused()) + " refused" : ""));
    job.warning().ifPresent(console::line);
  }

  private void write(Path report, Judge scorer, Evaluation evaluation, double seconds)
      throws IOException {
    List<String> summary = new ArrayList<>(ScoreTables.verdicts(evaluation));
    deployment.about().ifPresent(summary::add);
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("model", String.join(", ", answers.keySet()));
    facts.put("history", extraction.source());
    facts.put("scored", settings.period());
    facts.put("origins", settings.origin() == ScoredOrigins.LAST ? "last of each key" : "every");
    facts.put("observations stepped", Formats.count(stepped));
    facts.put("wall clock", Formats.seconds(seconds));
    new Report(title(), summary, facts, ScoreReport.sections(scorer)).write(report);
  }

  private Map<String, Object> result(
      Evaluation evaluation, double seconds, long refused, @Nullable Path report) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("deployment", deployment.name());
    result.put("history", extraction.source());
    result.put("scored", settings.period());
    result.put("origin", settings.origin().name().toLowerCase(Locale.ROOT));
    result.put("warmup", settings.warmup());
    result.put("predictions", answers);
    result.put("observations", stepped);
    result.put("deadLetters", extraction.deadLetters() + refused + failed);
    result.put("seconds", seconds);
    result.putAll(ScoreTables.json(evaluation));
    result.put("report", report == null ? null : report.toString());
    return result;
  }

  /** Hands on what was stepped, and counts it. */
  private final class Scoring implements BacktestJob.Listener {
    private final Judge scorer;

    Scoring(Judge scorer) {
      this.scorer = scorer;
    }

    @Override
    public void stepped(
        Observation observation, @Nullable Prediction prediction, boolean origin, boolean scored) {
      stepped++;
      if (prediction == null) {
        failed++;
      } else if (origin) {
        answers.merge(prediction.shape().model(), 1L, Long::sum);
      }
      scorer.add(observation, origin ? prediction : null, scored);
    }

    @Override
    public void ended(String key) {
      scorer.end(key);
    }
  }
}
