package dev.eddy.benchmarks.run;

import dev.eddy.benchmarks.report.StepReport;
import dev.eddy.benchmarks.report.StepResult;
import dev.eddy.benchmarks.report.WavesResult;
import dev.eddy.benchmarks.run.WorkerProcess.RefusedException;
import dev.eddy.benchmarks.run.Workers.Turn;
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
  private static final int[] PRODUCT_SIZES = {256, 512, 1024};
  private static final int PRODUCT_MILLISECONDS = 200;
  private static final int FIRST_WARMING = 2000; // milliseconds
  private static final int WARMING = 300; // milliseconds

  private final StepSettings settings;
  private final Consumer<String> say;
  private final Consumer<String> progress;
  private final Libraries libraries = Libraries.ofLauncher();
  private final CoreTypes cores;
  private final Agreement agreement;
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
    this.agreement = new Agreement(say, this::omit);
  }

  /** Measures everything. */
  public StepReport run() {
    settings.cells().forEach(this::cell);
    if (results.isEmpty()) {
      throw new IllegalArgumentException("--engines: none of them steps any of these cells");
    }
    for (StepResult result : results) {
      peak = Math.max(peak, result.gflops());
    }
    return new StepReport(peak, results, waves, engines, omissions);
  }

  private void cell(CellType cell) {
    try (Workers workers = new Workers(this::omit)) {
      workers.start(settings.engines(), libraries, cores);
      workers
          .descriptions()
          .forEach((contender, text) -> engines.put(contender.configName(), text));
      workers.processes().forEach(this::products);
      for (int hidden : settings.hidden()) {
        for (int batch : settings.batches()) {
          point(workers, new Point(cell, hidden, batch));
        }
        if (cell == CellType.SRU) {
          waves(workers, hidden);
        }
      }
    }
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

  private void point(Workers workers, Point point) {
    List<Turn> turns =
        agreement.of(workers.processes(), point, isFirst(point)).stream()
            .map(worker -> new Turn(worker, 0))
            .toList();
    String place = point.place();
    double[] times =
        workers.time(
            place, turns, warming(point.hidden()), settings.rounds(), settings.milliseconds());
    StringBuilder line = new StringBuilder(place).append(':');
    for (int i = 0; i < times.length; i++) {
      if (Double.isNaN(times[i])) {
        continue;
      }
      String engine = turns.get(i).worker().contender().configName();
      StepResult result = point.result(engine, times[i]);
      results.add(result);
      line.append(String.format(Locale.ROOT, " %s %.0f", engine, result.nsPerStep()));
    }
    turns.forEach(Workers::free);
    progress.accept(line.append(turns.isEmpty() ? " nothing" : " ns a step").toString());
  }

  private boolean isFirst(Point point) {
    return point.hidden() == settings.hidden().get(0) && point.batch() == settings.batches().get(0);
  }

  /** A batch that its JVM has not seen runs code that is not compiled yet. */
  private int warming(int hidden) {
    return hidden == settings.hidden().get(0) ? FIRST_WARMING : WARMING;
  }

  /** Eight observations of each of 64 keys: one micro-batch, or eight. */
  private void waves(Workers workers, int hidden) {
    String place = "sru hidden " + hidden + ", eight waves";
    for (WorkerProcess worker : workers.processes()) {
      if (worker.contender() == Contender.SIMD) {
        try {
          waves(workers, worker, place, hidden);
        } catch (RefusedException e) {
          omit(place + ": not measured: " + e.getMessage());
        }
      }
    }
  }

  private void waves(Workers workers, WorkerProcess worker, String place, int hidden)
      throws RefusedException {
    for (int handle = 0; handle < 2; handle++) {
      worker.ask("step", handle, "sru", hidden, WavesResult.KEYS, WavesResult.WAVES, handle == 0);
    }
    List<Turn> turns = List.of(new Turn(worker, 0), new Turn(worker, 1));
    double[] times =
        workers.time(place, turns, FIRST_WARMING, settings.rounds(), settings.milliseconds());
    double rows = WavesResult.KEYS * WavesResult.WAVES;
    if (!Double.isNaN(times[0] + times[1])) {
      waves.add(new WavesResult(hidden, times[0] / rows, times[1] / rows));
    }
    worker.ask("free", 0);
    worker.ask("free", 1);
  }
}
