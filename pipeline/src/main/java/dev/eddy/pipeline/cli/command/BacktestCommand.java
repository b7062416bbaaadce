package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.backtest.BacktestSettings;
import dev.eddy.pipeline.backtest.BacktestTimeline;
import dev.eddy.pipeline.backtest.ScoredOrigins;
import dev.eddy.pipeline.cli.backtest.BacktestReport;
import dev.eddy.pipeline.cli.backtest.BacktestRun;
import dev.eddy.pipeline.cli.backtest.PredictionsFile;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.console.Scratch;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.history.FileHistory;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.history.TopicHistory;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eddy backtest}: how good a model would have been over history. */
@Command(
    name = "backtest",
    description = {
      "Scores a model over history, beside the naive forecasters.",
      "It goes through the engine that streams: what eddy run would have predicted, observation by",
      "observation, each version from when it was announced to serve.",
      "",
      "The history is what lies on the observations topic, or with --files the files of the replay",
      "block; then no Kafka is needed. Scored is the test part of training.split, unless --from or",
      "--to names another period; a forecast belongs to the period of its target's time. Each"
          + " key's",
      "hidden state is warmed from its first observation on.",
      "",
      "  ./eddy train    -c FILE --files     # learns from CSV files, publishes, needs no Kafka",
      "  ./eddy backtest -c FILE --files --report scores.html",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BacktestCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Option(names = "--files", description = "Reads the files of the replay block; needs no Kafka.")
  private boolean files;

  @Option(
      names = "--model",
      paramLabel = "NAME@VERSION",
      description =
          "Steps with this version of the store alone. Else with all that are announced, each over"
              + " its event times, or with --files with the newest of the deployment's model.")
  private @Nullable String model;

  @Option(
      names = "--origin",
      paramLabel = "every|last",
      defaultValue = "every",
      description =
          "After which observations forecasts are scored: every one, or only the last of each key"
              + " before its scored period, as forecasting competitions do. Default:"
              + " ${DEFAULT-VALUE}.")
  @SuppressWarnings("NullAway.Init") // picocli sets the default
  private String origin;

  @Option(
      names = "--warmup",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "Steps the first N observations of each key without scoring. Default: ${DEFAULT-VALUE}.")
  private int warmup;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      description = "The first event time to score: 2026-01-31, or 2026-01-31T12:00:00Z.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      description = "The event time before which scoring ends.")
  private @Nullable String to;

  @Option(
      names = "--report",
      paramLabel = "HTML",
      description = "Writes all scores with plots into a page that needs nothing but a browser.")
  private @Nullable Path report;

  @Option(
      names = "--predictions",
      paramLabel = "CSV",
      description = "Writes every prediction, also those that are not scored, into a CSV file.")
  private @Nullable Path predictions;

  @Override
  public Integer call() throws Exception {
    Deployment deployment = deploymentFile.read(files);
    BacktestSettings settings = settings(deployment.input().zone());
    List<Announcement> timeline = timeline(deployment);
    try (Scratch scratch = Scratch.create()) {
      RecordedHistory history = history(deployment, scratch.folder().resolve("history"));
      Formats.read(history).forEach(console()::line);
      BacktestRun.Outcome outcome = run(deployment, settings, history, timeline);
      tell(new BacktestReport(deployment, settings, history, outcome));
    }
    return 0;
  }

  private BacktestRun.Outcome run(
      Deployment deployment,
      BacktestSettings settings,
      RecordedHistory history,
      List<Announcement> timeline)
      throws Exception {
    if (predictions == null) {
      return BacktestRun.run(
          deployment, settings, history, timeline, console(), (prediction, label) -> {});
    }
    try (PredictionsFile file = PredictionsFile.create(predictions)) {
      return BacktestRun.run(deployment, settings, history, timeline, console(), file::write);
    }
  }

  private void tell(BacktestReport scores) throws IOException {
    scores.lines().forEach(console()::line);
    Path page = report == null ? null : report.toAbsolutePath();
    if (page != null) {
      scores.write(page);
      console().line("report: " + page);
    }
    json(() -> scores.json(page));
  }

  private BacktestSettings settings(ZoneId zone) {
    return new BacktestSettings(
        origin(), warmup, time("--from", from, zone), time("--to", to, zone));
  }

  private ScoredOrigins origin() {
    return Arrays.stream(ScoredOrigins.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(origin))
        .findFirst()
        .orElseThrow(() -> new UserMistake("--origin: " + origin + " (must be every or last)"));
  }

  /** A date begins in the deployment's zone. */
  private static Optional<Instant> time(String option, @Nullable String text, ZoneId zone) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.contains("T")
              ? Instant.parse(text)
              : LocalDate.parse(text).atStartOfDay(zone).toInstant());
    } catch (DateTimeParseException e) {
      throw new UserMistake(
          option + ": " + text + " (must be 2026-01-31 or a time such as 2026-01-31T12:00:00Z)");
    }
  }

  private List<Announcement> timeline(Deployment deployment) {
    if (model != null) {
      return BacktestTimeline.named(deployment, modelId(model));
    }
    return files ? BacktestTimeline.newest(deployment) : BacktestTimeline.announced(deployment);
  }

  private static ModelId modelId(String written) {
    try {
      return ModelId.parse(written);
    } catch (IllegalArgumentException e) { // it checks these words alone
      throw new UserMistake("--model: " + written + " (must look like name@7)", e);
    }
  }

  private RecordedHistory history(Deployment deployment, Path folder) throws Exception {
    if (files) {
      return FileHistory.read(
          deployment,
          folder,
          HistoryOrder.ARRIVAL,
          progress -> console().progress("  " + Formats.progress(progress)));
    }
    Configuration flink = FlinkSettings.of(deployment.flink());
    try (EmbeddedFlink cluster = EmbeddedFlink.start(flink)) {
      return TopicHistory.read(
          cluster.environment(flink), deployment, folder, HistoryOrder.ARRIVAL);
    }
  }
}
