package dev.eddy.pipeline.deployment;

import dev.eddy.pipeline.yaml.SettingsBinder;
import dev.eddy.pipeline.yaml.YamlDocument;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a deployment from its YAML file. Relative paths begin at the folder of the file. */
public final class DeploymentFile {
  private static final String CHECKPOINTS = "execution.checkpointing.dir";

  private DeploymentFile() {}

  /**
   * Reads a deployment.
   *
   * @param overrides settings that take the place of the file's, {@code training.updates=50}
   * @throws dev.eddy.settings.UserMistake with one line for everything that is wrong
   */
  public static Deployment read(Path file, List<String> overrides) {
    YamlDocument document = YamlDocument.read(file, System.getenv()).with(overrides);
    Deployment written = SettingsBinder.bind(document, Deployment.class, document.zone());
    Path folder = document.folder();
    Map<String, String> flink = new LinkedHashMap<>(written.flink());
    flink.putIfAbsent(
        CHECKPOINTS,
        folder.resolve(".eddy").resolve("checkpoints").resolve(written.name()).toUri().toString());
    return written.on(
        written.kafka().getOrDefault(Deployment.BOOTSTRAP, ""),
        location(folder, written.store()),
        flink);
  }

  /** A URI as it is, a path from the YAML's folder. */
  private static String location(Path folder, String written) {
    return written.contains("://") ? written : folder.resolve(written).normalize().toString();
  }
}
