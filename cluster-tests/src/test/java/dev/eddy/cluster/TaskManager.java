package dev.eddy.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A task manager of four slots; started again it has an empty disk, as on another machine. */
final class TaskManager implements AutoCloseable {
  private static final String MAIN = "org.apache.flink.runtime.taskexecutor.TaskManagerRunner";

  /** What the download's script works out from the size of the process. */
  private static final List<String> MEMORY =
      List.of(
          "taskmanager.cpu.cores=1.0",
          "taskmanager.memory.task.heap.size=384m",
          "taskmanager.memory.task.off-heap.size=0b",
          "taskmanager.memory.framework.heap.size=128m",
          "taskmanager.memory.framework.off-heap.size=64m",
          "taskmanager.memory.network.min=64m",
          "taskmanager.memory.network.max=64m",
          "taskmanager.memory.managed.size=32m",
          "taskmanager.memory.jvm-metaspace.size=256m",
          "taskmanager.memory.jvm-overhead.min=64m",
          "taskmanager.memory.jvm-overhead.max=64m");

  private static final List<String> FLAGS =
      List.of("-Xmx512m", "-XX:MaxDirectMemorySize=128m", "-XX:MaxMetaspaceSize=256m");

  private final String name;
  private final Path folder;
  private final Map<String, String> configuration;
  private int lives;
  private JavaProcess process;

  TaskManager(String name, Map<String, String> configuration) {
    this.name = name;
    folder = Places.all().resolve(name);
    this.configuration = configuration;
    process = launch();
  }

  private JavaProcess launch() {
    Places.anew(folder);
    List<String> main =
        new ArrayList<>(List.of(MAIN, "--configDir", Flink.configurationOf(folder)));
    MEMORY.forEach(setting -> main.addAll(List.of("-D", setting)));
    lives++;
    main.addAll(List.of("-D", "taskmanager.resource-id=" + name + "-" + lives));
    return Flink.start(name, folder, configuration, FLAGS, main);
  }

  JavaProcess process() {
    return process;
  }

  /** Starts it again after it was killed. */
  void start() {
    process = launch();
  }

  @Override
  public void close() {
    process.close();
  }
}
