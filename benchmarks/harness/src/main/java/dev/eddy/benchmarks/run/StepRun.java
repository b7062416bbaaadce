package dev.eddy.benchmarks.run;

import dev.eddy.benchmarks.report.Flops;
import dev.eddy.benchmarks.report.StepReport;
import dev.eddy.benchmarks.report.StepResult;
import dev.eddy.benchmarks.report.WavesResult;
import dev.eddy.benchmarks.run.WorkerProcess.RefusedException;
import dev.eddy.benchmarks.run.Workers.Turn;
import dev.eddy.benchmarks.worker.Values;
import dev.eddy.model.spec.CellType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measures steps over the grid. Every engine has its own JVM, new for each cell; at every point of
 * the grid they first show that they agree, then take turns.
 */
public final class StepRun {
  /** The largest difference of an output or a state that still counts as agreement. */
  private static final double TOLERANCE = 1e-4;

  private static final int[] PRODUCT_SIZES = {256, 512, 1024};
  private static final int PRODUCT_MILLISECONDS = 200;
  private static final int FIRST_WARMING = 2000; // milliseconds
  private static final int WARMING = 300; // milliseconds

  private final StepSettings settings;
  private final Consumer<String> say;
  private final Consumer<String> progress;
  private final Libraries libraries = Libraries.ofLauncher();
  private final CoreTypes cores;
  private final List<StepResult> results = new ArrayList<>();
  private final List<WavesResult> waves = new ArrayList<>();
  private final Map<String, String> engines = new LinkedHashMap<>();
  private final List<String> omissions = new ArrayList<>();
  private double peak;

  /**
   * A run.
   *
   * @param say takes lines that stay
   * @param progress takes lines that say how far it is
   */
  public StepRun(StepSettings settings, Consumer<String> say, Consumer<String> progress) {
    this.settings = settings;
    this.say = say;
    this.progress = progress;
    this.cores = new CoreTypes(libraries, say);
  }

  /** Measures everything. */
  public StepReport run() {
    for (CellType cell : settings.cells()) {
      try (Workers workers = new Workers(this::omit)) {
        workers.start(settings.engines(), libraries, cores);
        workers
            .descriptions()
            .forEach((contender, text) -> engines.put(contender.configName(), text));
        for (WorkerProcess worker : workers.processes()) {
          products(worker);
        }
        for (int hidden : settings.hidden()) {
          for (int batch : settings.batches()) {
            point(workers, cell, hidden, batch);
          }
          if (cell == CellType.SRU) {
            waves(workers, hidden);
          }
        }
      }
    }
    if (results.isEmpty()) {
      throw new IllegalArgumentException("--engines: none of them steps any of these cells");
    }
    for (StepResult result : results) {
      peak = Math.max(peak, result.gflops());
    }
    return new StepReport(peak, results, waves, engines, omissions);
  }

  private void omit(String line) {
    omissions.add(line);
    say.accept(line);
  }

  /** The fastest product of square matrices. */
  private void products(WorkerProcess worker) {
    for (int size : PRODUCT_SIZES) {
      try {
        worker.ask("product", 0, size);
        worker.ask("warm", 0, WARMING);
        double time = worker.number("time", 0, PRODUCT_MILLISECONDS);
        peak = Math.max(peak, 2.0 * size * size * size / time);
        worker.ask("free", 0);
      } catch (RefusedException e) {
        return; // not every engine offers one
      }
    }
  }

  private void point(Workers workers, CellType cell, int hidden, int batch) {
    String place = cell.configName() + " hidden " + hidden + " batch " + batch;
    List<Turn> turns =
        agreeing(workers, place, cell, hidden, batch).stream()
            .map(worker -> new Turn(worker, 0))
            .toList();
    double[] times =
        workers.time(place, turns, warming(hidden), settings.rounds(), settings.milliseconds());
    StringBuilder line = new StringBuilder(place).append(':');
    for (int i = 0; i < times.length; i++) {
      if (Double.isNaN(times[i])) {
        continue;
      }
      String engine = turns.get(i).worker().contender().configName();
      double gflops = Flops.perStep(cell, hidden) * batch / times[i];
      double nanoseconds = times[i] / batch;
      results.add(new StepResult(cell.configName(), hidden, batch, engine, nanoseconds, gflops));
      line.append(String.format(Locale.ROOT, " %s %.0f", engine, nanoseconds));
    }
    turns.forEach(Workers::free);
    progress.accept(line.append(turns.isEmpty() ? " nothing" : " ns a step").toString());
  }

  /** A batch that its JVM has not seen runs code that is not compiled yet. */
  private int warming(int hidden) {
    return hidden == settings.hidden().get(0) ? FIRST_WARMING : WARMING;
  }

  /** Makes the engines ready, and leaves out those that cannot, or that come to other results. */
  private List<WorkerProcess> agreeing(
      Workers workers, String place, CellType cell, int hidden, int batch) {
    Map<WorkerProcess, float[]> values = new LinkedHashMap<>();
    for (WorkerProcess worker : workers.processes()) {
      try {
        String answer = worker.ask("step", 0, cell.configName(), hidden, batch, 1, true);
        values.put(worker, Values.decode(answer));
      } catch (RefusedException e) {
        String line = worker.contender().configName() + ": " + e.getMessage();
        if (!e.unsupported()) {
          omit(place + ": " + line);
        } else if (hidden == settings.hidden().get(0) && batch == settings.batches().get(0)) {
          say.accept(cell.configName() + ": not measured with " + line);
        }
      }
    }
    return likeTheFirst(place, values);
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
        omit(
            place
                + ": "
                + entry.getKey().contender().configName()
                + " left out: differs from "
                + first.contender().configName()
                + " by "
                + difference
                + " (must be at most "
                + TOLERANCE
                + ")");
      }
    }
    if (2 * alike.size() <= values.size() && values.size() > 1) {
      omit(place + ": not measured: the engines do not agree");
      return List.of();
    }
    return alike;
  }

  /** Eight observations of each of 64 keys: one micro-batch, or eight. */
  private void waves(Workers workers, int hidden) {
    for (WorkerProcess worker : workers.processes()) {
      if (worker.contender() != Contender.SIMD) {
        continue;
      }
      try {
        for (int slot = 0; slot < 2; slot++) {
          worker.ask("step", slot, "sru", hidden, WavesResult.KEYS, WavesResult.WAVES, slot == 0);
        }
        List<Turn> turns = List.of(new Turn(worker, 0), new Turn(worker, 1));
        double[] times =
            workers.time(
                "sru hidden " + hidden + ", eight waves",
                turns,
                FIRST_WARMING,
                settings.rounds(),
                settings.milliseconds());
        double rows = WavesResult.KEYS * WavesResult.WAVES;
        if (!Double.isNaN(times[0] + times[1])) {
          waves.add(new WavesResult(hidden, times[0] / rows, times[1] / rows));
        }
        worker.ask("free", 0);
        worker.ask("free", 1);
      } catch (RefusedException e) {
        omit("sru hidden " + hidden + ", eight waves: not measured: " + e.getMessage());
      }
    }
  }
}
