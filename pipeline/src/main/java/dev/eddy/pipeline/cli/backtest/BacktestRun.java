package dev.eddy.pipeline.cli.backtest;

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
import dev.eddy.pipeline.cli.score.Judge;
import dev.eddy.pipeline.cli.score.VersionScores;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs a {@link BacktestJob} to its end and judges it; the console hears how far it is. */
public final class BacktestRun implements BacktestJob.Listener {
  private final Judge judge;
  private final VersionScores versions;
  private final Map<String, Long> answers = new TreeMap<>(); // by model version
  private long stepped;
  private long failed;

  private final BiConsumer<Prediction, @Nullable String> each;

  private BacktestRun(
      Judge judge, VersionScores versions, BiConsumer<Prediction, @Nullable String> each) {
    this.judge = judge;
    this.versions = versions;
    this.each = each;
  }

  /**
   * What came of a backtest.
   *
   * @param judge that saw all of it
   * @param evaluation the judge's scores
   * @param versions the scores of each version; empty where there was one
   * @param answers predictions to be scored, by model version
   * @param stepped observations
   * @param failed those of them without a finite prediction
   * @param refused records that were not stepped
   * @param warning that the model may have learned from what is scored; empty if not
   * @param seconds wall clock
   */
  public record Outcome(
      Judge judge,
      Evaluation evaluation,
      Map<String, Evaluation> versions,
      Map<String, Long> answers,
      long stepped,
      long failed,
      long refused,
      Optional<String> warning,
      double seconds) {}

  /**
   * Runs it.
   *
   * @param recorded the history, in the order of arrival
   * @param timeline announcements of the versions to step with
   * @param each hears of every prediction, with the true label where there is one
   * @throws UserMistake when nothing can be scored
   */
  public static Outcome run(
      Deployment deployment,
      BacktestSettings settings,
      RecordedHistory recorded,
      List<Announcement> timeline,
      Console console,
      BiConsumer<Prediction, @Nullable String> each)
      throws Exception {
    long start = System.nanoTime();
    try (History history = History.open(recorded.files(), deployment.input().featureSchema());
        BacktestJob job = new BacktestJob(deployment, settings, history, timeline)) {
      List<List<Integer>> seasons = job.seasons();
      BacktestRun run =
          new BacktestRun(
              judge(job, deployment, settings, seasons),
              versions(job, deployment, timeline, seasons),
              each);
      run.run(job, console);
      double seconds = (System.nanoTime() - start) / 1e9;
      Evaluation evaluation = run.judge.evaluation();
      if (evaluation.isEmpty()) {
        throw new UserMistake(nothingScored(settings));
      }
      return new Outcome(
          run.judge,
          evaluation,
          run.versions.evaluations(),
          run.answers,
          run.stepped,
          run.failed,
          job.refused(),
          job.warning(),
          seconds);
    }
  }

  private static Judge judge(
      BacktestJob job,
      Deployment deployment,
      BacktestSettings settings,
      List<List<Integer>> seasons) {
    if (job.newest().head() instanceof Head.Classes && settings.origin() == ScoredOrigins.LAST) {
      throw new UserMistake("--origin: last (must be every for classes)");
    }
    return Judge.of(job.newest(), deployment, seasons, job.keys(), () -> majority(job));
  }

  private static VersionScores versions(
      BacktestJob job,
      Deployment deployment,
      List<Announcement> timeline,
      List<List<Integer>> seasons) {
    Set<String> ids =
        timeline.stream()
            .sorted(Comparator.comparingLong(Announcement::effectiveFrom))
            .map(Announcement::model)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    return new VersionScores(
        ids, () -> Judge.of(job.newest(), deployment, seasons, List.of(), () -> majority(job)));
  }

  private static String majority(BacktestJob job) {
    try {
      return job.majority();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(BacktestJob job, Console console) throws Exception {
    List<String> keys = job.keys();
    int done = 0;
    for (String key : keys) {
      job.run(key, this);
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

  @Override
  public void stepped(
      Observation observation, @Nullable Prediction prediction, boolean origin, boolean scored) {
    stepped++;
    if (prediction != null) {
      each.accept(prediction, observation.label());
    }
    if (prediction == null) {
      failed++;
    } else if (origin) {
      answers.merge(prediction.shape().model(), 1L, Long::sum);
    }
    judge.add(observation, origin ? prediction : null, scored);
    versions.add(observation, origin ? prediction : null, scored);
  }

  @Override
  public void ended(String key) {
    judge.end(key);
    versions.end(key);
  }

  private static String nothingScored(BacktestSettings settings) {
    if (settings.origin() == ScoredOrigins.LAST) {
      return "--origin: last: nothing to score (must find keys with an observation before the scored"
          + " period and actuals in it; set training.split or --from so, or --origin every)";
    }
    return "scored period: nothing to score (must hold actuals; set training.split, or --from and"
        + " --to, so that it does)";
  }
}
