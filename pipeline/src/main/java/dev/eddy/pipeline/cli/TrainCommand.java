package dev.eddy.pipeline.cli;

import dev.eddy.pipeline.cli.score.ScoreTables;
import dev.eddy.pipeline.job.Deployment;
import dev.eddy.pipeline.job.EmbeddedFlink;
import dev.eddy.pipeline.job.TrainJob;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.flink.configuration.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code eddy train}: reads history, trains, judges, publishes, announces. */
@Command(
    name = "train",
    description = "Reads the history from Kafka, trains, judges, publishes and announces a model.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class TrainCommand extends EddyCommand implements Callable<Integer> {
  @Mixin private final DeploymentOption deploymentFile = new DeploymentOption();

  @Override
  public Integer call() throws Exception {
    Deployment deployment = deploymentFile.read();
    DeploymentTopics.require(deployment);
    Configuration settings = Configuration.fromMap(deployment.flink());
    try (Scratch scratch = Scratch.create();
        EmbeddedFlink flink = EmbeddedFlink.start(settings)) {
      console().line("Flink's web UI: " + flink.address());
      TrainJob.Outcome outcome =
          new NarratedTraining(deployment, console()).run(flink, settings, scratch.folder());
      ScoreTables.lines(outcome.result().evaluation()).forEach(console()::line);
      json(result(outcome, deployment));
      return 0;
    }
  }

  private static Map<String, Object> result(TrainJob.Outcome outcome, Deployment deployment) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("model", outcome.version().id().toString());
    result.put("digest", outcome.version().digest());
    result.put("store", deployment.store());
    result.put("observations", outcome.history().observations());
    result.put("deadLetters", outcome.history().deadLetters());
    result.put("effectiveFrom", outcome.announced().announcement().effectiveFrom());
    result.putAll(ScoreTables.json(outcome.result().evaluation()));
    return result;
  }
}
