package dev.eddy.pipeline.cli.command;

import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** {@code -c FILE} and {@code --set}: which deployment a command is about. */
public final class DeploymentOption {
  @Option(
      names = {"-c", "--config"},
      required = true,
      paramLabel = "FILE",
      description = "The deployment's YAML file.")
  @SuppressWarnings("NullAway.Init") // picocli requires the option
  private Path file;

  @Option(
      names = "--set",
      paramLabel = "SETTING=VALUE",
      description = "Takes the place of a setting of the file: --set training.updates=500.")
  private List<String> overrides = new ArrayList<>();

  /** One for each command: picocli fills it in. */
  public DeploymentOption() {}

  /** The file itself. */
  public Path file() {
    return file;
  }

  /**
   * Reads the file.
   *
   * @param files whether files alone are used, so that it may name no broker and topics
   */
  public Deployment read(boolean files) {
    return files ? DeploymentFile.readForFiles(file, overrides) : read();
  }

  /** Reads the file. */
  public Deployment read() {
    return DeploymentFile.read(file, overrides);
  }
}
