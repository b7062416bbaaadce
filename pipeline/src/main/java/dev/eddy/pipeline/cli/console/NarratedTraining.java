package dev.eddy.pipeline.cli.console;

import dev.eddy.model.store.PublishedModel;
import dev.eddy.model.training.TrainingResult;
import dev.eddy.pipeline.announce.ModelAnnouncer;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.history.RecordedHistory;
import dev.eddy.pipeline.train.TrainJob;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;

/** Runs a {@link TrainJob} and tells the console of each step. */
public final class NarratedTraining {
  private final Deployment deployment;
  private final Console console;

  /** Trains {@code deployment}. */
  public NarratedTraining(Deployment deployment, Console console) {
    this.deployment = deployment;
    this.console = console;
  }

  /**
   * Reads the history from Kafka, trains, publishes, announces.
   *
   * @param flink reads the history
   * @param settings of its job
   * @param scratch for the history; the caller removes it
   */
  public TrainJob.Outcome run(EmbeddedFlink flink, Configuration settings, Path scratch)
      throws Exception {
    TrainJob job = new TrainJob(deployment, scratch);
    RecordedHistory history = job.read(flink.environment(settings));
    console.line(read(history));
    TrainingResult result = train(job, history);
    PublishedModel version = job.publish(history, result);
    ModelAnnouncer.Announced announced = new ModelAnnouncer(deployment).announce(version, history);
    announced.note().ifPresent(console::line);
    console.line(
        "published "
            + version.id()
            + (announced.first()
                ? ", serving from the beginning"
                : ", serving from "
                    + Instant.ofEpochMilli(announced.announcement().effectiveFrom())));
    return new TrainJob.Outcome(history, result, version, Optional.of(announced));
  }

  /**
   * Reads the history from the deployment's replay files, trains, publishes.
   *
   * @param scratch for the history; the caller removes it
   */
  public TrainJob.Outcome runOnFiles(Path scratch) throws Exception {
    TrainJob job = new TrainJob(deployment, scratch);
    RecordedHistory history =
        job.readFiles(progress -> console.progress("  " + Formats.progress(progress)));
    console.line(read(history));
    TrainingResult result = train(job, history);
    PublishedModel version = job.publish(history, result);
    console.line(
        "published "
            + version.id()
            + " to "
            + deployment.store()
            + "; not announced, without Kafka");
    return new TrainJob.Outcome(history, result, version, Optional.empty());
  }

  private TrainingResult train(TrainJob job, RecordedHistory history) throws Exception {
    TrainingResult result = job.train(history, new TrainingNarrator(console));
    TrainingResult.Summary summary = result.summary();
    console.line(
        "trained "
            + result.spec().network().summary()
            + " on "
            + Formats.count(summary.observations())
            + " observations: "
            + Formats.count(summary.updates())
            + " updates in "
            + Formats.seconds(summary.seconds())
            + ", best after "
            + summary.bestUpdates().stream()
                .map(Formats::count)
                .collect(Collectors.joining(" and ")));
    return result;
  }

  public static String read(RecordedHistory history) {
    return "read "
        + Formats.count(history.observations())
        + " observations from "
        + Instant.ofEpochMilli(history.oldest())
        + " to "
        + Instant.ofEpochMilli(history.newest())
        + (history.deadLetters() > 0
            ? "; " + Formats.count(history.deadLetters()) + " records are no observations"
            : "");
  }
}
