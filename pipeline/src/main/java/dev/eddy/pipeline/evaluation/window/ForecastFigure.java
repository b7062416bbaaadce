package dev.eddy.pipeline.evaluation.window;

/** What is summed of the forecasts of a target at a horizon; checkpoints hold it by its place. */
public enum ForecastFigure {
  COUNT(0),
  ABSOLUTE(1),
  SQUARED(2),
  PINBALL(3),
  COVERED(4),
  WIDTH(5),
  PERSISTENCE_ABSOLUTE(6),
  PERSISTENCE_SQUARED(7),
  /** Of a key's first predictions after a swap, as those that follow. */
  EARLY_COUNT(8),
  EARLY_ABSOLUTE(9),
  EARLY_COVERED(10);

  static final int SIZE = 11;

  final int place;

  ForecastFigure(int place) {
    this.place = place;
  }
}
