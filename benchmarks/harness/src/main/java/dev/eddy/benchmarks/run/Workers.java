package dev.eddy.benchmarks.run;

import dev.eddy.benchmarks.run.WorkerProcess.RefusedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The JVMs of a run's engines, which take turns. */
final class Workers implements AutoCloseable {
  private final List<WorkerProcess> processes = new ArrayList<>();
  private final Consumer<String> say;
  private final Map<Contender, String> descriptions = new LinkedHashMap<>();

  Workers(Consumer<String> say) {
    this.say = say;
  }

  /** Starts all, then waits for each; one that does not start is left out, and said so. */
  void start(List<Contender> contenders, Libraries libraries, Cores cores) {
    List<WorkerProcess> started = new ArrayList<>();
    for (Contender contender : contenders) {
      started.add(WorkerProcess.start(contender, libraries, cores.of(contender)));
    }
    for (WorkerProcess process : started) {
      try {
        descriptions.put(process.contender(), process.ask("describe"));
        processes.add(process);
      } catch (RefusedException e) {
        say.accept(process.contender().configName() + " left out: " + e.getMessage());
        process.close();
      }
    }
  }

  List<WorkerProcess> processes() {
    return processes;
  }

  /** What each engine said of itself. */
  Map<Contender, String> descriptions() {
    return descriptions;
  }

  /**
   * Times the work in a slot of each of some JVMs: warms each, then lets them take turns.
   *
   * @param warming milliseconds of warming, at least
   * @return median nanoseconds of a run
   */
  static Map<WorkerProcess, Double> time(
      List<WorkerProcess> processes, int slot, int warming, int rounds, int milliseconds)
      throws RefusedException {
    for (WorkerProcess process : processes) {
      process.ask("warm", slot, warming);
    }
    Map<WorkerProcess, double[]> times = new LinkedHashMap<>();
    processes.forEach(process -> times.put(process, new double[rounds]));
    for (int round = 0; round < rounds; round++) {
      for (int turn = 0; turn < processes.size(); turn++) {
        WorkerProcess process = processes.get((turn + round) % processes.size());
        double[] own = times.getOrDefault(process, new double[rounds]);
        own[round] = process.number("time", slot, milliseconds);
      }
    }
    Map<WorkerProcess, Double> medians = new LinkedHashMap<>();
    times.forEach((process, own) -> medians.put(process, median(own)));
    return medians;
  }

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  @Override
  public void close() {
    processes.forEach(WorkerProcess::close);
  }
}
