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
  void start(List<Contender> contenders, Libraries libraries, CoreTypes cores) {
    List<WorkerProcess> started = new ArrayList<>();
    for (Contender contender : contenders) {
      started.add(WorkerProcess.start(contender, libraries, cores.of(contender)));
    }
    for (WorkerProcess process : started) {
      try {
        String core = cores.of(process.contender());
        descriptions.put(
            process.contender(),
            process.ask("describe") + (core.isEmpty() ? "" : ", OPENBLAS_CORETYPE=" + core));
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

  /** Work that a JVM keeps under a handle. */
  record Turn(WorkerProcess worker, int handle) {}

  /**
   * Times work: warms each, then lets them take turns. One that fails is left out, and said so.
   *
   * @param warming milliseconds of warming, at least
   * @param milliseconds of each round
   * @return median nanoseconds of a run, in the order of {@code turns}; NaN for one left out
   */
  double[] time(String place, List<Turn> turns, int warming, int rounds, int milliseconds) {
    double[][] times = new double[turns.size()][rounds];
    boolean[] failed = new boolean[turns.size()];
    for (int round = -1; round < rounds; round++) { // -1: warming
      for (int i = 0; i < turns.size(); i++) {
        int at = (i + Math.max(0, round)) % turns.size();
        Turn turn = turns.get(at);
        if (failed[at]) {
          continue;
        }
        try {
          if (round < 0) {
            turn.worker().ask("warm", turn.handle(), warming);
          } else {
            times[at][round] = turn.worker().number("time", turn.handle(), milliseconds);
          }
        } catch (RefusedException e) {
          failed[at] = true;
          say.accept(place + ": " + turn.worker().contender().configName() + ": " + e.getMessage());
        }
      }
    }
    return medians(times, failed);
  }

  private static double[] medians(double[][] times, boolean[] failed) {
    double[] medians = new double[times.length];
    for (int i = 0; i < medians.length; i++) {
      medians[i] = failed[i] ? Double.NaN : median(times[i]);
    }
    return medians;
  }

  /** Lets go of what a JVM keeps under a handle; one that has ended has let go already. */
  static void free(Turn turn) {
    try {
      turn.worker().ask("free", turn.handle());
    } catch (RefusedException e) {
      // The next question to it says so.
    }
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
