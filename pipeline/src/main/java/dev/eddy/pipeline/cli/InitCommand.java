package dev.eddy.pipeline.cli;

import dev.eddy.pipeline.cli.init.StartingDeployment;
import dev.eddy.pipeline.job.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code eddy init}: writes a starting YAML from a CSV file. */
@Command(
    name = "init",
    description = "Writes a starting YAML from a CSV file: columns, types, time, key, frequency.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class InitCommand extends EddyCommand implements Callable<Integer> {
  @Option(names = "--from", required = true, paramLabel = "CSV", description = "The CSV file.")
  @SuppressWarnings("NullAway.Init") // picocli requires the option
  private Path csv;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The YAML to write; NAME.yaml unless given.")
  private @Nullable Path output;

  @Option(
      names = "--name",
      description = "Name of the deployment; that of the CSV file unless given.")
  private @Nullable String name;

  @Option(names = "--force", description = "Replaces a YAML that exists.")
  private boolean force;

  @Override
  public Integer call() throws IOException {
    String deployment = Optional.ofNullable(name).orElse(StartingDeployment.nameOf(csv));
    Path yaml = Optional.ofNullable(output).orElse(Path.of(deployment + ".yaml"));
    if (Files.exists(yaml) && !force) {
      throw new UserError(yaml + ": exists (give --force to replace it, or another --output)");
    }
    StartingDeployment starting = StartingDeployment.from(csv, deployment);
    Path folder = Optional.ofNullable(yaml.toAbsolutePath().getParent()).orElse(Path.of(""));
    Files.writeString(yaml, starting.yaml(folder));
    starting.findings().forEach(console()::line);
    console().line("wrote " + yaml + "; next: eddy check -c " + yaml);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("yaml", yaml.toString());
    result.put("findings", List.copyOf(starting.findings()));
    json(result);
    return 0;
  }
}
