package dev.eddy.benchmarks.report;

/**
 * One figure of the grid.
 *
 * @param nsPerStep nanoseconds per row: time of a run over its rows
 * @param gflops 10⁹ floating-point operations of matrix products a second
 */
public record StepResult(
    String cell, int hidden, int batch, String engine, double nsPerStep, double gflops) {

  boolean isOf(String wantedEngine, String... cells) {
    if (!engine.equals(wantedEngine)) {
      return false;
    }
    for (String wanted : cells) {
      if (cell.equals(wanted)) {
        return true;
      }
    }
    return false;
  }
}
