package dev.eddy.benchmarks.measure;

import dev.eddy.model.history.History;
import dev.eddy.model.history.HistoryOrder;
import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.pipeline.deployment.DeploymentFile;
import dev.eddy.pipeline.history.FileHistory;
import dev.eddy.pipeline.history.RecordedHistory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads a deployment and the history in its files, for the programs that train on them. */
final class Data {
  private final Path file;
  private final Path folder;

  /**
   * Data of one deployment.
   *
   * @param file the deployment's YAML
   */
  Data(Path file) throws IOException {
    this.file = file;
    folder = Files.createTempDirectory("eddy-measure");
  }

  /** The deployment with some of its settings changed, {@code training.updates=500}. */
  Deployment deployment(List<String> settings) {
    return DeploymentFile.read(file, settings);
  }

  /** An empty folder for what a training writes. */
  Path scratch() throws IOException {
    return Files.createTempDirectory(folder, "training");
  }

  /** A path for one more file. */
  Path resolve(String name) {
    return folder.resolve(name);
  }

  /** All that is in the deployment's files. */
  History history(Deployment deployment) throws IOException {
    RecordedHistory recorded =
        FileHistory.read(
            deployment, folder.resolve("history"), HistoryOrder.EVENT_TIME, progress -> {});
    return History.open(recorded.files(), deployment.input().featureSchema());
  }
}
