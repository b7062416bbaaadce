package dev.eddy.pipeline.check.probe;

import dev.eddy.connectors.kafka.client.ClusterLook;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.engine.StepEngines;
import dev.eddy.settings.UserMistake;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
public record Probe(
    Map<String, String> kafka,
    String store,
    String model,
    List<String> versions,
    String checkpoints)
    implements Serializable {
  /** For each thing that is looked at; brokers are given up earlier. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  public Probe {
    kafka = Map.copyOf(kafka);
    versions = List.copyOf(versions);
  }

  /**
   * What one task manager has seen.
   *
   * @param taskManager its id
   * @param clock its epoch milliseconds
   * @param notes a line for each thing that is worth knowing and keeps nothing from running
   * @param wrong a line for each mistake
   */
  public record Seen(String taskManager, long clock, List<String> notes, List<String> wrong)
      implements Serializable {}

  /** Looks, in the process that calls it. */
  public Seen look(String taskManager) {
    List<String> wrong = new ArrayList<>();
    wrong.addAll(mistakes("store", this::lookAtStore));
    if (!checkpoints.isEmpty()) {
      FolderProbe folder = new FolderProbe("flink.execution.checkpointing.dir", checkpoints);
      wrong.addAll(mistakes("flink.execution.checkpointing.dir", folder::requireWritable));
    }
    wrong.addAll(mistakes("kafka", this::lookAtKafka));
    List<String> notes = new ArrayList<>();
    if (wrong.isEmpty()) {
      mistakes("store", new FolderProbe("store", store)::requireWritable)
          .forEach(line -> notes.add(line + "; serving only reads there"));
    }
    StepEngines.slowness(EngineKind.SIMD).ifPresent(notes::add);
    return new Seen(taskManager, System.currentTimeMillis(), notes, wrong);
  }

  /** A disk that takes a call and never answers must not keep the job from ending. */
  private static List<String> mistakes(String setting, Runnable look) {
    FutureTask<List<String>> looking = new FutureTask<>(() -> mistakes(look));
    Thread thread = new Thread(looking, "eddy-probe " + setting);
    thread.setDaemon(true);
    thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
    thread.start();
    try {
      return looking.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      return List.of(
          setting + ": no answer within " + PATIENCE.toSeconds() + " s (must answer at once)");
    } catch (ExecutionException e) {
      return List.of(setting + ": " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of(setting + ": interrupted");
    }
  }

  private static List<String> mistakes(Runnable look) {
    try {
      look.run();
      return List.of();
    } catch (UserMistake e) {
      return e.lines();
    } catch (RuntimeException | LinkageError e) { // of what is installed there
      return List.of(String.valueOf(e));
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
  public static List<String> versions(String store, String model) {
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
