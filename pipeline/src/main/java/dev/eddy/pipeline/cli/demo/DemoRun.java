package dev.eddy.pipeline.cli.demo;

import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.console.TrainingConsole;
import dev.eddy.pipeline.cli.score.Judge;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentTopics;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import dev.eddy.pipeline.stream.PredictJob;
import dev.eddy.pipeline.stream.PredictJobSettings;
import dev.eddy.pipeline.train.KeptModels;
import dev.eddy.pipeline.train.TrainJob;
import dev.eddy.pipeline.train.TrainWishes;
import java.nio.file.Path;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** Goes through the steps of a demo, on the broker and the cluster that it has started. */
final class DemoRun {
  private final Deployment deployment;
  private final EmbeddedFlink flink;
  private final Path scratch;
  private final Path report;
  private final Console console;
  private final DemoReplay replay;
  private final long start;

  /**
   * A run of a deployment whose topics are yet to be created.
   *
   * @param scratch for files of its own
   * @param report the page to write
   * @param start when the demo began, in nanoseconds of the JVM's clock
   */
  DemoRun(
      Deployment deployment,
      EmbeddedFlink flink,
      Path scratch,
      Path report,
      Console console,
      long start) {
    this.deployment = deployment;
    this.flink = flink;
    this.scratch = scratch;
    this.report = report;
    this.console = console;
    this.start = start;
    replay = new DemoReplay(deployment, console);
  }

  /** Sends the history, learns from it, streams the rest, scores it and reports. */
  DemoResult run(Demo.WhileRunning atEnd) throws Exception {
    DeploymentTopics.create(deployment);
    HeldBack heldBack = HeldBack.of(deployment, scratch.resolve("files"));
    long history = sendHistory(heldBack);
    TrainJob.Outcome trained = train();
    if (trained.unfinished().isPresent()) {
      throw trained.unfinished().get().why();
    }
    LivePredictions live = new LivePredictions(deployment, heldBack, console);
    try (PredictionFollower follower = new PredictionFollower(deployment, live)) {
      RunningJob job = new RunningJob(predict(), follower, console);
      job.await(history, "warming up on the history");
      console.line("streaming what was held back, through Kafka, Flink and Kafka");
      long from = System.currentTimeMillis();
      long streamed = replay.send(each -> heldBack.contains(each.key(), each.time()));
      job.await(history + streamed, "streaming");
      double seconds = Math.max(1, follower.lastWritten() - from) / 1e3;
      Judge judge = judge(heldBack, trained, follower);
      DemoResult result = result(trained, follower, streamed, streamed / seconds, judge);
      tell(result, judge);
      atEnd.run(result, deployment, flink);
      job.cancel();
      return result;
    }
  }

  private long sendHistory(HeldBack heldBack) {
    replay.sendShared();
    long sent = replay.send(each -> !heldBack.contains(each.key(), each.time()));
    console.line(
        "sent "
            + Formats.count(sent)
            + " observations to "
            + deployment.topics().observations()
            + "; held back: "
            + heldBack.describe());
    return sent;
  }

  private TrainJob.Outcome train() throws Exception {
    Deployment learning = deployment.withTraining(deployment.training().withoutTest());
    TrainingConsole listener = new TrainingConsole(console, learning.store());
    return new TrainJob(
            learning,
            scratch.resolve("training"),
            KeptModels.of(scratch.resolve("demo.yaml")),
            listener,
            TrainWishes.DEFAULT)
        .run(environment());
  }

  private JobClient predict() throws Exception {
    StreamExecutionEnvironment environment = environment();
    PredictJob.build(environment, PredictJobSettings.of(deployment, false));
    return environment.executeAsync();
  }

  private StreamExecutionEnvironment environment() {
    return flink.environment(FlinkSettings.of(deployment.flink()));
  }

  private Judge judge(HeldBack heldBack, TrainJob.Outcome trained, PredictionFollower follower) {
    StreamScores scores = StreamScores.of(deployment, follower.predictions());
    if (scores.repeated() > 0) {
      throw new IllegalStateException(
          scores.repeated() + " predictions came more than once (must be exactly once)");
    }
    return scores.judge(deployment, trained.result().spec(), heldBack);
  }

  private DemoResult result(
      TrainJob.Outcome trained,
      PredictionFollower follower,
      long streamed,
      double eventsPerSecond,
      Judge judge) {
    return new DemoResult(
        deployment.name(),
        trained.version().id().toString(),
        follower.answered(),
        follower.predictions().size(),
        follower.deadLetters(),
        streamed,
        eventsPerSecond,
        trained.result().summary().seconds(),
        (System.nanoTime() - start) / 1e9,
        judge.evaluation(),
        report);
  }

  private void tell(DemoResult result, Judge judge) throws Exception {
    DemoReport page = new DemoReport(deployment, result);
    page.write(judge);
    page.lines().forEach(console::line);
  }
}
