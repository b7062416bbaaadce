package dev.eddy.benchmarks.run;

import dev.eddy.benchmarks.report.Flops;
import dev.eddy.benchmarks.report.StepResult;
import dev.eddy.model.spec.CellType;

/** A point of the grid of steps. */
record Point(CellType cell, int hidden, int batch) {

  /** As the lines of a run name it. */
  String place() {
    return cell.configName() + " hidden " + hidden + " batch " + batch;
  }

  /** What an engine reached here, that took so many nanoseconds for the batch. */
  StepResult result(String engine, double nanoseconds) {
    double gflops = Flops.perStep(cell, hidden) * batch / nanoseconds;
    return new StepResult(cell.configName(), hidden, batch, engine, nanoseconds / batch, gflops);
  }
}
