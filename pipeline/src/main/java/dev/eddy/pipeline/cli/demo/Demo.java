package dev.eddy.pipeline.cli.demo;

import dev.eddy.connectors.local.EmbeddedKafka;
import dev.eddy.pipeline.cli.console.Console;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.pipeline.flink.FlinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.flink.configuration.CheckpointingOptions;

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
      try (EmbeddedFlink flink = EmbeddedFlink.start(FlinkSettings.of(deployment.flink()))) {
        console.line(
            "started Kafka on "
                + kafka.bootstrapServers()
                + " and Flink, its web UI: "
                + flink.address());
        return new DemoRun(deployment, flink, scratch, report, console, start).run(atEnd);
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
}
