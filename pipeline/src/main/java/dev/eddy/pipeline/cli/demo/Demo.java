package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.file.Replay;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.connectors.kafka.client.ObservationPublisher;
import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.console.NarratedTraining;
import dev.eddy.pipeline.cli.score.Judge;
import dev.eddy.pipeline.cli.score.ScoreTables;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.stream.PredictJob;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.pipeline.train.TrainJob;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * Runs a deployment end to end: what its split does not hold back is replayed and learned from, the
 * rest is streamed and scored. The broker and the store are the demo's own.
 */
public final class Demo {
  private static final Duration CHECKPOINT_INTERVAL = Duration.ofSeconds(1);

  private final Deployment written;
  private final Path scratch;
  private final Path report;
  private final Console console;

  /** Called at the end while everything still runs. */
  @FunctionalInterface
  public interface WhileRunning {
    void run(DemoResult result, Deployment deployment, EmbeddedFlink flink) throws Exception;
  }

  /**
   * A demo of one deployment.
   *
   * @param scratch an empty folder; the caller removes it
   * @param report the page to write
   */
  public Demo(Deployment deployment, Path scratch, Path report, Console console) {
    this.written = deployment;
    this.scratch = scratch;
    this.report = report;
    this.console = console;
  }

  /** Runs everything. */
  public DemoResult run(WhileRunning atEnd) throws Exception {
    long start = System.nanoTime();
    try (EmbeddedKafka kafka = EmbeddedKafka.start(scratch.resolve("kafka"))) {
      Deployment deployment = own(kafka);
      Configuration settings = FlinkSettings.of(deployment.flink());
      try (EmbeddedFlink flink = EmbeddedFlink.start(settings)) {
        console.line(
            "started Kafka on "
                + kafka.bootstrapServers()
                + " and Flink, its web UI: "
                + flink.address());
        return run(deployment, flink, settings, start, atEnd);
      }
    }
  }

  /** The deployment on this demo's broker, with a store and checkpoints of its own. */
  private Deployment own(EmbeddedKafka kafka) {
    Map<String, String> flink = new LinkedHashMap<>(written.flink());
    flink.put(
        CheckpointingOptions.CHECKPOINTS_DIRECTORY.key(),
        scratch.resolve("checkpoints").toUri().toString());
    flink.put(
        CheckpointingOptions.CHECKPOINTING_INTERVAL.key(), CHECKPOINT_INTERVAL.toMillis() + " ms");
    return written.on(kafka.bootstrapServers(), scratch.resolve("models").toString(), flink);
  }

  private DemoResult run(
      Deployment deployment,
      EmbeddedFlink flink,
      Configuration settings,
      long start,
      WhileRunning atEnd)
      throws Exception {
    DeploymentTopics.create(deployment);
    HeldBack heldBack = HeldBack.of(deployment, scratch.resolve("files"));
    long history = replay(deployment, each -> !heldBack.contains(each.key(), each.time()));
    console.line(
        "sent "
            + Formats.count(history)
            + " observations to "
            + deployment.topics().observations()
            + "; held back: "
            + heldBack.describe());
    Deployment learning = deployment.withTraining(deployment.training().withoutTest());
    TrainJob.Outcome trained =
        new NarratedTraining(learning, console).run(flink, settings, scratch.resolve("training"));
    LivePredictions live = new LivePredictions(deployment, heldBack, console);
    try (PredictionFollower follower = new PredictionFollower(deployment, live)) {
      StreamExecutionEnvironment environment = flink.environment(settings);
      PredictJob.build(environment, PredictJobSettings.of(deployment, false));
      RunningJob job = new RunningJob(environment.executeAsync(), follower, console);
      job.await(history, "warming up on the history");
      console.line("streaming what was held back, through Kafka, Flink and Kafka");
      long from = System.currentTimeMillis();
      long streamed = replay(deployment, each -> heldBack.contains(each.key(), each.time()));
      job.await(history + streamed, "streaming");
      double seconds = Math.max(1, follower.lastWritten() - from) / 1e3;
      DemoResult result =
          score(deployment, heldBack, trained, follower, streamed, streamed / seconds, start);
      atEnd.run(result, deployment, flink);
      job.cancel();
      return result;
    }
  }

  private long replay(Deployment deployment, Predicate<Observation> which) {
    ReplaySettings files = deployment.requireReplay();
    long[] sent = {0};
    try (ObservationPublisher publisher =
        new ObservationPublisher(
            deployment.kafka(),
            deployment.topics().observations(),
            deployment.input().observationSchema())) {
      new Replay(
              files,
              observation -> {
                if (which.test(observation)) {
                  publisher.send(observation);
                  sent[0]++;
                }
              },
              progress -> console.progress("  sent " + Formats.count(sent[0]) + " observations"))
          .run(deployment.input().observationSchema());
      publisher.flush();
    }
    return sent[0];
  }

  private DemoResult score(
      Deployment deployment,
      HeldBack heldBack,
      TrainJob.Outcome trained,
      PredictionFollower follower,
      long streamed,
      double eventsPerSecond,
      long start)
      throws Exception {
    StreamScores scores = StreamScores.of(deployment, follower.predictions());
    if (scores.repeated() > 0) {
      throw new IllegalStateException(
          scores.repeated() + " predictions came more than once (must be exactly once)");
    }
    Judge scorer = scores.score(deployment, trained.result().spec(), heldBack);
    DemoResult result =
        new DemoResult(
            deployment.name(),
            trained.version().id().toString(),
            follower.answered(),
            follower.predictions().size(),
            follower.deadLetters(),
            streamed,
            eventsPerSecond,
            trained.result().summary().seconds(),
            (System.nanoTime() - start) / 1e9,
            scorer.evaluation(),
            report);
    new DemoReport(deployment, result).write(scorer);
    tell(result, deployment);
    return result;
  }

  private void tell(DemoResult result, Deployment deployment) {
    console.line("");
    console.line(DemoReport.title(result, deployment));
    console.line("");
    ScoreTables.lines(result.evaluation()).forEach(console::line);
    console.line("");
    ScoreTables.verdicts(result.evaluation()).forEach(console::line);
    deployment.about().ifPresent(about -> about.lines().forEach(console::line));
    console.line("");
    console.line(
        Formats.count(result.streamed())
            + " observations streamed at "
            + Formats.count(Math.round(result.eventsPerSecond()))
            + " events/s; "
            + Formats.count(result.predictions())
            + " predictions of "
            + Formats.count(result.observations())
            + " observations, exactly once; "
            + Formats.seconds(result.seconds())
            + " in all");
    console.line("report: " + result.report());
  }
}
