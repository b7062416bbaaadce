package dev.eddy.pipeline.cli.command;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.check.Questions;
import dev.eddy.pipeline.cli.console.Scratch;
import dev.eddy.pipeline.cli.console.TrainingConsole;
import dev.eddy.pipeline.cli.score.ContestTable;
import dev.eddy.pipeline.cli.score.EvaluationText;
import dev.eddy.pipeline.cli.score.HorizonNames;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.judge.Promotion;
import dev.eddy.pipeline.judge.Verdict;
import dev.eddy.pipeline.train.KeptModels;
import dev.eddy.pipeline.train.ScoreJson;
import dev.eddy.pipeline.train.ServingDrift;
import dev.eddy.pipeline.train.TrainJob;
import dev.eddy.pipeline.train.TrainWishes;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code eddy train}: reads history, trains, judges, publishes, announces. */
@Command(
    name = "train",
    description = {
      "Reads the history from Kafka, trains, judges, publishes and announces a model.",
      "With --files it needs no broker: it learns from the deployment's replay files, and"
          + " publishes",
      "without announcing; eddy backtest --files then judges what it has learned.",
      "",
      "From Kafka it judges the new version beside the champion, the newest announced one that can",
      "be read, and beside the naive forecasters, on what neither of the two has seen."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:published, and announced unless --files or --promote never",
      "1:failed",
      "2:a mistake that the user can mend",
      "3:published and not announced, because it is not better; the champion goes on",
      "4:nothing was trained: --if-drifted, and the version that serves has not drifted"
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TrainCommand extends EddyCommand implements Callable<Integer> {
  /** Exit code where a version is published, and the champion goes on. */
  static final int NOT_ANNOUNCED = 3;

  /** Exit code where there was no drift to train for. */
  static final int NOT_DRIFTED = 4;

  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Option(
      names = "--files",
      description = "Learns from the files of the replay block; needs no Kafka, announces nothing.")
  private boolean files;

  @Option(
      names = "--fine-tune",
      description =
          "Goes on from the champion's network and optimizer, at a tenth of the learning rate; with"
              + " --files from the newest version of the store.")
  private boolean fineTune;

  @Option(
      names = "--promote",
      paramLabel = "always|never|if-better",
      description =
          "Which versions are announced; if-better: those better than the champion and the best"
              + " naive forecaster by more than noise, and the first of a name. Default:"
              + " if-better.")
  private @Nullable String promote;

  @Option(
      names = "--if-drifted",
      description =
          "Trains only where topics.evaluations holds a drift of the newest announced version that"
              + " is newer than its data and its beginning to serve.")
  private boolean ifDrifted;

  @Option(
      names = "--shadow",
      description =
          "Announces the version as a shadow of what serves, however it is judged: it is stepped"
              + " beside it, scored where topics.evaluations is given, and sends nothing; eddy"
              + " models promote lets it serve.")
  private boolean shadow;

  @Override
  public Integer call() throws Exception {
    Deployment deployment = deploymentFile.read(files);
    TrainWishes wishes = wishes();
    if (ifDrifted && !hasDrifted(deployment)) {
      return NOT_DRIFTED;
    }
    (files ? Questions.trainingOnFiles(deployment) : Questions.training(deployment)).require();
    try (Scratch scratch = Scratch.create()) {
      TrainJob job =
          new TrainJob(
              deployment,
              scratch.folder(),
              KeptModels.of(deploymentFile.file()),
              new TrainingConsole(console(), deployment.store()),
              wishes);
      TrainJob.Outcome outcome = files ? job.runOnFiles() : runOnTopic(job, deployment);
      console().line("");
      console()
          .line(
              "the held-out part, by the network before it learned from the validation part too:");
      console().line("");
      EvaluationText.lines(outcome.result().evaluation(), HorizonNames.of(deployment))
          .forEach(console()::line);
      outcome.verdict().ifPresent(verdict -> tell(verdict, deployment));
      json(() -> result(outcome, deployment));
      outcome.unfinished().ifPresent(each -> refuse(each, outcome.version().id()));
      return passedOver(outcome, wishes) ? NOT_ANNOUNCED : 0;
    }
  }

  private boolean hasDrifted(Deployment deployment) {
    ServingDrift drift = ServingDrift.of(deployment);
    console().line(drift.line());
    if (drift.drift().isEmpty()) {
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("trained", false);
      result.put("serving", drift.model());
      result.put("drifted", false);
      json(result);
    }
    return drift.drift().isPresent();
  }

  private TrainWishes wishes() {
    Require.that(
        !files || !ifDrifted, "--if-drifted", "given", "left out with --files, which asks no job");
    Require.that(
        !files || promote == null,
        "--promote",
        promote == null ? "" : promote,
        "left out with --files, which announces nothing");
    Require.that(
        !shadow || (!files && promote == null),
        "--shadow",
        "given",
        "left out with --files and --promote");
    try {
      String asked = promote == null ? Promotion.IF_BETTER.configName() : promote;
      return new TrainWishes(Promotion.of(asked), fineTune, shadow);
    } catch (IllegalArgumentException e) { // it checks this word alone
      throw new UserMistake(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether a version was left unannounced that would have been, were it better. */
  private static boolean passedOver(TrainJob.Outcome outcome, TrainWishes wishes) {
    return wishes.promotion() == Promotion.IF_BETTER
        && outcome.verdict().isPresent()
        && outcome.announced().isEmpty();
  }

  private void tell(Verdict verdict, Deployment deployment) {
    List<String> lines = ContestTable.lines(verdict, HorizonNames.of(deployment));
    if (!lines.isEmpty()) {
      console().line("");
      console().line("what neither has seen, by the versions as they serve:");
      console().line("");
      lines.forEach(console()::line);
    }
  }

  /** Says where the model is and what finishes the job, and why it is not finished. */
  private void refuse(TrainJob.Unfinished unfinished, ModelId id) {
    String finish = "eddy models announce " + id + " -c " + deploymentFile.file();
    console().line("");
    console()
        .line(
            unfinished
                .kept()
                .map(
                    kept ->
                        "not published; kept in "
                            + kept.folder()
                            + "; when the store can be written, this publishes it: "
                            + finish
                            + " --kept"
                            + (files ? " --files" : ""))
                .orElse("published " + id + ", not announced; this announces it: " + finish));
    throw unfinished.why();
  }

  private TrainJob.Outcome runOnTopic(TrainJob job, Deployment deployment) throws Exception {
    Configuration settings = FlinkSettings.of(deployment.flink());
    try (EmbeddedFlink flink = EmbeddedFlink.start(settings)) {
      console().line("Flink's web UI: " + flink.address());
      return job.run(flink.environment(settings));
    }
  }

  private static Map<String, Object> result(TrainJob.Outcome outcome, Deployment deployment) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("trained", true);
    result.put("model", outcome.version().id().toString());
    result.put("digest", outcome.version().digest());
    result.put("store", deployment.store());
    outcome
        .unfinished()
        .flatMap(TrainJob.Unfinished::kept)
        .ifPresent(kept -> result.put("kept", kept.folder().toString()));
    result.put("observations", outcome.history().observations());
    result.put("deadLetters", outcome.history().deadLetters());
    result.put("refused", outcome.history().refused().reasons());
    result.put("announced", outcome.announced().isPresent());
    result.put(
        "shadow", outcome.announced().filter(each -> each.announcement().shadow()).isPresent());
    outcome.verdict().ifPresent(verdict -> result.put("judged", verdict.json()));
    outcome
        .announced()
        .ifPresent(each -> result.put("effectiveFrom", each.announcement().effectiveFrom()));
    result.putAll(ScoreJson.of(outcome.result().evaluation()));
    return result;
  }
}
