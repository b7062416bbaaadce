package dev.eddy.pipeline.cli.command;

import dev.eddy.connectors.file.InputFiles;
import dev.eddy.connectors.file.settings.ReplaySettings;
import dev.eddy.pipeline.cli.init.InitWishes;
import dev.eddy.pipeline.cli.init.StartingDeployment;
import dev.eddy.pipeline.cli.init.TopicDeployment;
import dev.eddy.pipeline.cli.init.TopicFormat;
import dev.eddy.settings.Durations;
import dev.eddy.settings.FileFault;
import dev.eddy.settings.Require;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code eddy init}: writes a starting YAML from CSV files. */
@Command(
    name = "init",
    description = "Writes a starting YAML from CSV files, or from the records of a topic.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class InitCommand extends EddyCommand implements Callable<Integer> {
  @Option(
      names = "--from",
      arity = "1..*",
      paramLabel = "CSV",
      description = "The CSV file, or several with the same columns, or a glob in quotes.")
  private List<Path> optionFiles = List.of();

  @Parameters(arity = "0..*", paramLabel = "CSV", description = "The same, without --from.")
  private List<Path> plainFiles = List.of();

  @Option(
      names = "--from-topic",
      paramLabel = "TOPIC",
      description = "A topic with records, instead of files; needs --bootstrap-server.")
  private @Nullable String topic;

  @Option(names = "--bootstrap-server", paramLabel = "HOST:PORT", description = "A broker.")
  private @Nullable String server;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "With --from-topic: the schema registry of Avro records; JSON without one.")
  private @Nullable String registry;

  @Option(
      names = "--registry-auth",
      paramLabel = "[USER:]VARIABLE",
      description =
          "Of a registry that asks who reads: the environment's variable with its token, or a user"
              + " and the variable with the password.")
  private @Nullable String auth;

  @Option(
      names = "--schema",
      paramLabel = "FILE",
      description = "With --from-topic: the schema of records that are Avro bodies alone.")
  private @Nullable Path schema;

  @Option(
      names = "--target",
      split = ",",
      paramLabel = "COLUMN",
      description = "What to forecast; several with commas. Guessed unless given.")
  private List<String> targets = List.of();

  @Option(
      names = "--label",
      paramLabel = "COLUMN",
      description = "The class of each row, to classify instead of forecasting.")
  private @Nullable String label;

  @Option(
      names = "--key",
      paramLabel = "COLUMN",
      description = "What tells series apart. Guessed unless given; the file's name without one.")
  private @Nullable String key;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      description = "The distance of a series' rows, for files without times: 1 h.")
  private @Nullable String interval;

  @Option(
      names = "--layout",
      paramLabel = "LAYOUT",
      description =
          "What a row is: long (an observation), wide (one of each column) or series (a whole"
              + " series). Guessed unless given.")
  private @Nullable String layout;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The YAML to write; NAME.yaml unless given.")
  private @Nullable Path output;

  @Option(
      names = "--name",
      description =
          "Name of the deployment; that of the CSV file, or of the folder of several, unless"
              + " given.")
  private @Nullable String name;

  @Option(names = "--force", description = "Replaces a YAML that exists.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    Require.that(
        topic != null || (registry == null && schema == null),
        registry == null ? "--schema" : "--registry",
        "without --from-topic",
        "given with it");
    Require.that(
        patterns().isEmpty() != (topic == null),
        "--from, --from-topic",
        topic == null ? "neither" : "both",
        "one of the two");
    if (topic != null) {
      return fromTopic(topic);
    }
    List<Path> files = files();
    String deployment = Optional.ofNullable(name).orElse(StartingDeployment.nameOf(files));
    Path yaml = output(deployment);
    StartingDeployment starting = StartingDeployment.from(files, deployment, wishes());
    write(yaml, starting.yaml(folder(yaml)));
    starting.findings().forEach(console()::line);
    console().line("wrote " + yaml + "; next: eddy check -c " + yaml);
    console().line("without Kafka: eddy check, then train, then backtest, each --files -c " + yaml);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("yaml", yaml.toString());
    result.put("findings", List.copyOf(starting.findings()));
    json(result);
    return 0;
  }

  private Path output(String deployment) {
    Path yaml = Optional.ofNullable(output).orElse(Path.of(deployment + ".yaml"));
    if (Files.exists(yaml) && !force) {
      throw new UserMistake(
          "--output: " + yaml + ": exists (must be another, or --force replaces it)");
    }
    return yaml;
  }

  private static Path folder(Path yaml) {
    return Optional.ofNullable(yaml.toAbsolutePath().getParent()).orElse(Path.of(""));
  }

  private TopicFormat format() {
    Require.that(
        registry == null || schema == null, "--registry, --schema", "both", "one of the two");
    Require.that(
        auth == null || registry != null, "--registry-auth", "without --registry", "given with it");
    if (schema != null) {
      return TopicFormat.ofSchema(schema);
    }
    return registry == null
        ? TopicFormat.json()
        : TopicFormat.ofRegistry(registry, Optional.ofNullable(auth));
  }

  private int fromTopic(String from) throws IOException {
    String broker =
        Optional.ofNullable(server)
            .orElseThrow(() -> new UserMistake("--bootstrap-server: missing (must name a broker)"));
    String deployment =
        Optional.ofNullable(name).orElse(StartingDeployment.nameOf(List.of(Path.of(from))));
    Path yaml = output(deployment);
    TopicDeployment.Found found =
        TopicDeployment.of(broker, from, format()).recognised(deployment, wishes(), folder(yaml));
    write(yaml, found.yaml());
    found.findings().forEach(console()::line);
    console()
        .line(
            "wrote "
                + yaml
                + "; next: eddy check -c "
                + yaml
                + " --topic 1000, then topics create");
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("yaml", yaml.toString());
    result.put("findings", found.findings());
    json(result);
    return 0;
  }

  private List<Path> patterns() {
    return Stream.concat(optionFiles.stream(), plainFiles.stream()).toList();
  }

  private List<Path> files() {
    for (Path pattern : patterns()) {
      if (Files.isDirectory(pattern)) {
        throw new UserMistake(
            "--from: " + pattern + ": a folder (must be files, such as '" + pattern + "/*.csv')");
      }
    }
    return InputFiles.find("--from", patterns());
  }

  private static void write(Path yaml, String text) {
    try {
      Files.writeString(yaml, text);
    } catch (IOException e) {
      throw new UserMistake(
          "--output: " + yaml + ": cannot be written (" + FileFault.of(e) + ")", e);
    }
  }

  private InitWishes wishes() {
    if (label != null && !targets.isEmpty()) {
      throw new UserMistake("--label: " + label + ": given with --target (must be one of the two)");
    }
    return new InitWishes(
        targets,
        Optional.ofNullable(label),
        Optional.ofNullable(key),
        Optional.ofNullable(interval).map(InitCommand::duration),
        Optional.ofNullable(layout).map(InitCommand::layout));
  }

  private static ReplaySettings.Layout layout(String written) {
    return Arrays.stream(ReplaySettings.Layout.values())
        .filter(each -> each.name().equalsIgnoreCase(written))
        .findFirst()
        .orElseThrow(() -> Require.mistake("--layout", written, "long, wide or series"));
  }

  private static Duration duration(String written) {
    try {
      return Durations.parse(written);
    } catch (IllegalArgumentException e) {
      throw new UserMistake("--interval: " + written + " (" + e.getMessage() + ")", e);
    }
  }
}
