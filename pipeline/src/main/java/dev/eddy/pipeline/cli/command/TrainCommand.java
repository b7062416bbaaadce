package dev.eddy.pipeline.cli.command;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.check.Questions;
import dev.eddy.pipeline.cli.console.Scratch;
import dev.eddy.pipeline.cli.console.TrainingConsole;
import dev.eddy.pipeline.cli.score.EvaluationText;
import dev.eddy.pipeline.cli.score.HorizonNames;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.train.KeptModels;
import dev.eddy.pipeline.train.ScoreJson;
import dev.eddy.pipeline.train.TrainJob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
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
      "without announcing; eddy backtest --files then judges what it has learned."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class TrainCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Option(
      names = "--files",
      description = "Learns from the files of the replay block; needs no Kafka, announces nothing.")
  private boolean files;

  @Override
  public Integer call() throws Exception {
    Deployment deployment = deploymentFile.read(files);
    (files ? Questions.trainingOnFiles(deployment) : Questions.training(deployment)).require();
    try (Scratch scratch = Scratch.create()) {
      TrainJob job =
          new TrainJob(
              deployment,
              scratch.folder(),
              KeptModels.of(deploymentFile.file()),
              new TrainingConsole(console(), deployment.store()));
      TrainJob.Outcome outcome = files ? job.runOnFiles() : runOnTopic(job, deployment);
      console().line("");
      console()
          .line(
              "the held-out part, by the network before it learned from the validation part too:");
      console().line("");
      EvaluationText.lines(outcome.result().evaluation(), HorizonNames.of(deployment))
          .forEach(console()::line);
      json(() -> result(outcome, deployment));
      outcome.unfinished().ifPresent(each -> refuse(each, outcome.version().id()));
      return 0;
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
    outcome
        .announced()
        .ifPresent(each -> result.put("effectiveFrom", each.announcement().effectiveFrom()));
    result.putAll(ScoreJson.of(outcome.result().evaluation()));
    return result;
  }
}
