package dev.eddy.benchmarks.run;

import dev.eddy.benchmarks.report.TrainReport;
import dev.eddy.benchmarks.report.TrainResult;
import dev.eddy.benchmarks.run.WorkerProcess.RefusedException;
import dev.eddy.benchmarks.run.Workers.Turn;
import dev.eddy.benchmarks.work.TrainCase;
import dev.eddy.model.spec.CellType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures updates. For each size every engine makes its networks ready, shows by its loss that it
 * trains the same, and then they take turns.
 */
public final class TrainRun {
  /** How far losses of the third update may lie apart, as a share. */
  private static final double TOLERANCE = 1e-3;

  private static final int WARMING = 3000; // milliseconds

  private final TrainSettings settings;
  private final Consumer<String> say;
  private final Consumer<String> progress;
  private final List<TrainResult> results = new ArrayList<>();
  private final List<String> omissions = new ArrayList<>();

  /**
   * A run.
   *
   * @param say takes lines that stay
   * @param progress takes lines that say how far it is
   */
  public TrainRun(TrainSettings settings, Consumer<String> say, Consumer<String> progress) {
    this.settings = settings;
    this.say = say;
    this.progress = progress;
  }

  /** Measures everything. */
  public TrainReport run() {
    Libraries libraries = Libraries.ofLauncher();
    Map<String, String> engines = new LinkedHashMap<>();
    try (Workers workers = new Workers(this::omit)) {
      workers.start(settings.engines(), libraries, new CoreTypes(libraries, say));
      workers
          .descriptions()
          .forEach((contender, text) -> engines.put(contender.configName(), text));
      for (int hidden : settings.hidden()) {
        size(workers, hidden);
      }
    }
    return new TrainReport(results, engines, omissions);
  }

  private void omit(String line) {
    omissions.add(line);
    say.accept(line);
  }

  private void size(Workers workers, int hidden) {
    List<Turn> turns = new ArrayList<>();
    List<CellType> cells = new ArrayList<>();
    for (int handle = 0; handle < settings.cells().size(); handle++) {
      CellType cell = settings.cells().get(handle);
      for (Turn turn : agreeing(workers, cell, hidden, handle)) {
        turns.add(turn);
        cells.add(cell);
      }
    }
    double[] times =
        workers.time(
            "hidden " + hidden, turns, WARMING, settings.rounds(), settings.milliseconds());
    for (int i = 0; i < times.length; i++) {
      if (Double.isNaN(times[i])) {
        continue;
      }
      found(cells.get(i).configName(), hidden, turns.get(i).worker().contender(), times[i]);
    }
    turns.forEach(Workers::free);
  }

  private void found(String cell, int hidden, Contender contender, double nanoseconds) {
    double sequences = TrainCase.BATCH * 1e9 / nanoseconds;
    String engine = contender.configName();
    results.add(new TrainResult(cell, hidden, engine, sequences, sequences * TrainCase.STEPS));
    progress.accept(
        String.format(
            Locale.ROOT, "%s hidden %d %s: %,.0f sequences/s", cell, hidden, engine, sequences));
  }

  /** Makes the engines ready, and leaves out those that cannot, or that come to another loss. */
  private List<Turn> agreeing(Workers workers, CellType cell, int hidden, int handle) {
    List<Turn> able = new ArrayList<>();
    double first = Double.NaN;
    for (WorkerProcess worker : workers.processes()) {
      String place =
          cell.configName() + " hidden " + hidden + ": " + worker.contender().configName();
      try {
        double loss = worker.number("train", handle, cell.configName(), hidden);
        first = Double.isNaN(first) ? loss : first;
        if (Math.abs(loss - first) <= TOLERANCE * Math.abs(first)) {
          able.add(new Turn(worker, handle));
        } else {
          omit(place + " left out: its loss is " + loss + " (must be near " + first + ")");
        }
      } catch (RefusedException e) {
        if (!e.unsupported()) {
          omit(place + ": " + e.getMessage());
        }
      }
    }
    return able;
  }
}
