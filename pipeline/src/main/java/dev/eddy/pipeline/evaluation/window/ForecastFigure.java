package dev.eddy.pipeline.evaluation.window;

/** What is summed of the forecasts of a target at a horizon; stored by the place of each. */
public enum ForecastFigure {
  COUNT,
  ABSOLUTE,
  SQUARED,
  PINBALL,
  COVERED,
  WIDTH,
  PERSISTENCE_ABSOLUTE,
  PERSISTENCE_SQUARED,
  /** Of a key's first predictions after a swap. */
  EARLY_COUNT,
  EARLY_ABSOLUTE,
  EARLY_COVERED;

  static final int SIZE = values().length;
}
