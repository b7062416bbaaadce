package dev.eddy.pipeline.check;

import dev.eddy.connectors.kafka.client.ClusterLook;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.settings.UserMistake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;

/**
 * What is to be looked at from within a cluster's task managers.
 *
 * @param kafka the clients' settings
 * @param store where model versions lie
 * @param model whose versions
 * @param versions those that are seen from where the command runs
 * @param checkpoints where the job keeps its checkpoints; empty if it does not matter
 */
record Probe(
    Map<String, String> kafka,
    String store,
    String model,
    List<String> versions,
    String checkpoints)
    implements Serializable {

  Probe {
    kafka = Map.copyOf(kafka);
    versions = List.copyOf(versions);
  }

  /**
   * What one task manager has seen.
   *
   * @param taskManager its id
   * @param clock its epoch milliseconds
   * @param slowness why it steps slower than it could; empty if it does not
   * @param wrong a line for each mistake
   */
  record Seen(String taskManager, long clock, String slowness, List<String> wrong)
      implements Serializable {}

  /** Looks, in the process that calls it. */
  Seen look(String taskManager) {
    List<String> wrong = new ArrayList<>();
    attempt(this::lookAtStore, wrong);
    if (!checkpoints.isEmpty()) {
      attempt(
          () -> new FolderProbe("flink.execution.checkpointing.dir", checkpoints).requireWritable(),
          wrong);
    }
    attempt(this::lookAtKafka, wrong);
    return new Seen(
        taskManager,
        System.currentTimeMillis(),
        StepEngines.slowness(EngineKind.SIMD).orElse(""),
        wrong);
  }

  private static void attempt(Runnable look, List<String> wrong) {
    try {
      look.run();
    } catch (UserMistake e) {
      wrong.addAll(e.lines());
    } catch (RuntimeException | LinkageError e) { // of what is installed there
      wrong.add(String.valueOf(e));
    }
  }

  private void lookAtStore() {
    List<String> missing = new ArrayList<>(versions);
    missing.removeAll(versions(store, model));
    if (!missing.isEmpty()) {
      throw new UserMistake(
          "store: "
              + store
              + ": "
              + model
              + " "
              + missing
              + " missing there (must be the same"
              + " store for all)");
    }
  }

  private void lookAtKafka() {
    try (ClusterLook cluster = ClusterLook.at(kafka)) {
      cluster.brokers();
    }
  }

  /** The versions of a model in a store, as this process sees it. */
  static List<String> versions(String store, String model) {
    Path folder = new Path(store, model);
    try {
      FileStatus[] found = folder.getFileSystem().listStatus(folder);
      return Stream.of(Optional.ofNullable(found).orElse(new FileStatus[0]))
          .map(each -> each.getPath().getName())
          .filter(name -> name.matches("\\d+"))
          .sorted()
          .toList();
    } catch (FileNotFoundException absent) {
      return List.of();
    } catch (IOException e) {
      throw new UserMistake("store: " + store + " (cannot be read: " + e.getMessage() + ")", e);
    }
  }
}
