package dev.eddy.benchmarks.run;

import dev.eddy.benchmarks.run.WorkerProcess.RefusedException;
import dev.eddy.benchmarks.worker.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes engines ready for a point, and keeps those that come to the same results. */
final class Agreement {
  /** The largest difference of an output or a state that still counts as agreement. */
  private static final double TOLERANCE = 1e-4;

  private final Consumer<String> say;
  private final Consumer<String> omit;

  /**
   * An agreement.
   *
   * @param say takes lines that stay
   * @param omit takes what is left out, and why
   */
  Agreement(Consumer<String> say, Consumer<String> omit) {
    this.say = say;
    this.omit = omit;
  }

  /**
   * Those that step the point, under handle 0, and agree.
   *
   * @param first whether the point is its cell's first, where it is said which engines lack the
   *     cell
   */
  List<WorkerProcess> of(List<WorkerProcess> workers, Point point, boolean first) {
    Map<WorkerProcess, float[]> values = new LinkedHashMap<>();
    String cell = point.cell().configName();
    for (WorkerProcess worker : workers) {
      try {
        String answer = worker.ask("step", 0, cell, point.hidden(), point.batch(), 1, true);
        values.put(worker, Values.decode(answer));
      } catch (RefusedException e) {
        String line = worker.contender().configName() + ": " + e.getMessage();
        if (!e.unsupported()) {
          omit.accept(point.place() + ": " + line);
        } else if (first) {
          say.accept(cell + ": not measured with " + line);
        }
      }
    }
    return likeTheFirst(point.place(), values);
  }

  /** None, if most are unlike the first: then it is the first that is wrong, or all are. */
  private List<WorkerProcess> likeTheFirst(String place, Map<WorkerProcess, float[]> values) {
    List<WorkerProcess> alike = new ArrayList<>();
    for (Map.Entry<WorkerProcess, float[]> entry : values.entrySet()) {
      WorkerProcess first = values.keySet().iterator().next();
      float[] reference = values.getOrDefault(first, entry.getValue());
      double difference = Values.difference(reference, entry.getValue());
      if (difference <= TOLERANCE) {
        alike.add(entry.getKey());
      } else {
        omit.accept(place + ": " + unlike(entry.getKey(), first, difference));
      }
    }
    if (2 * alike.size() <= values.size() && values.size() > 1) {
      omit.accept(place + ": not measured: the engines do not agree");
      return List.of();
    }
    return alike;
  }

  private static String unlike(WorkerProcess worker, WorkerProcess first, double difference) {
    return worker.contender().configName()
        + " left out: differs from "
        + first.contender().configName()
        + " by "
        + difference
        + " (must be at most "
        + TOLERANCE
        + ")";
  }
}
