package dev.eddy.pipeline.cli.command;

import dev.eddy.model.spec.CellType;
import dev.eddy.pipeline.cli.console.Scratch;
import dev.eddy.pipeline.cli.demo.Demo;
import dev.eddy.pipeline.cli.demo.DemoResult;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentFile;
import dev.eddy.pipeline.flink.EmbeddedFlink;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eddy demo}: a deployment end to end in one process. */
@Command(
    name = "demo",
    description = {
      "Runs a deployment end to end in one process.",
      "Starts Kafka and Flink, replays the deployment's files, trains, streams what its split holds",
      "back, scores it and writes a report.",
      "Without -c it is the daily weather of two cities, samples/weather.csv."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand extends EddyCommand implements Callable<Integer> {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "The deployment's YAML file; its broker and store are left alone.")
  private @Nullable Path file;

  @Option(
      names = "--task",
      paramLabel = "forecast|classify",
      description = "What to do with the weather: forecast temp_max, or classify each day.")
  private @Nullable String task;

  @Option(
      names = "--cell",
      paramLabel = "sru|lstm|gru|rnn",
      description = "The network's cell, of every layer.")
  private @Nullable String cell;

  @Option(
      names = "--set",
      paramLabel = "SETTING=VALUE",
      description = "Takes the place of a setting of the file: --set training.updates=500.")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--report",
      paramLabel = "HTML",
      description = "Where the report goes; .eddy/NAME-CELL.html unless given.")
  private @Nullable Path report;

  @Option(
      names = "--keep-running",
      description = "Leaves Kafka, the job and Flink's web UI up until Ctrl-C.")
  private boolean keepRunning;

  @Override
  public Integer call() throws Exception {
    Deployment deployment = DeploymentFile.read(file(), settings());
    Path page = report == null ? page(deployment) : report;
    try (Scratch scratch = Scratch.create()) {
      DemoResult result =
          new Demo(deployment, scratch.folder(), page.toAbsolutePath(), console())
              .run(this::keepRunning);
      if (!keepRunning) {
        json(result.json());
      }
    }
    return 0;
  }

  /** The cell among them, so that it is checked together with what only some cells have. */
  private List<String> settings() {
    if (cell == null) {
      return overrides;
    }
    List<String> settings = new ArrayList<>(overrides);
    settings.add("model.cell=" + cellType(cell).configName());
    return settings;
  }

  private static CellType cellType(String written) {
    try {
      return CellType.of(written);
    } catch (IllegalArgumentException e) { // it checks this word alone
      throw new UserMistake("--" + e.getMessage(), e);
    }
  }

  private static Path page(Deployment deployment) {
    return Path.of(
        ".eddy", deployment.name() + "-" + deployment.model().cell().configName() + ".html");
  }

  private Path file() {
    if (file != null) {
      if (task != null) {
        throw new UserMistake(
            "--task: " + task + " (must be left out with -c, whose YAML says what to do)");
      }
      return file;
    }
    String sample =
        switch (task == null ? "forecast" : task) {
          case "forecast" -> "weather.yaml";
          case "classify" -> "weather-classes.yaml";
          default -> throw new UserMistake("--task: " + task + " (must be forecast or classify)");
        };
    return Path.of(System.getProperty("eddy.home", ""), "examples", sample);
  }

  private void keepRunning(DemoResult result, Deployment deployment, EmbeddedFlink flink)
      throws InterruptedException {
    if (keepRunning) {
      console().line("");
      console().line("Kafka and Flink keep running until Ctrl-C; web UI: " + flink.address());
      console().line("read the predictions:");
      console().line("  " + TailCommand.line(deployment));
      console().line("or with Kafka's own tools:");
      console().line("  " + TailCommand.kafkaLine(deployment));
      jsonNow(result.json());
      new CountDownLatch(1).await();
    }
  }
}
