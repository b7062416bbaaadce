package dev.eddy.benchmarks.report;

import dev.eddy.model.spec.CellType;

/**
 * How many floating-point operations a step of one layer takes: those of its matrix products only,
 * a multiplication and an addition each; neither the pointwise part nor the head counts.
 */
public final class Flops {
  private Flops() {}

  /** Of one row with D = H = {@code hidden}: 2·D·H·G of the inputs, 2·H·H·G of h. */
  public static double perStep(CellType cell, int hidden) {
    double square = 2.0 * hidden * hidden;
    return switch (cell) {
      case SRU -> 3 * square;
      case LSTM -> 8 * square;
      case GRU -> 6 * square;
      case RNN -> 2 * square;
    };
  }
}
