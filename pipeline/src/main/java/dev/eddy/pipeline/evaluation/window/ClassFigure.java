package dev.eddy.pipeline.evaluation.window;

/** What is summed of classes; checkpoints hold it by its place. */
public enum ClassFigure {
  COUNT(0),
  RIGHT(1),
  LOG_LOSS(2),
  PREVIOUS_RIGHT(3),
  /** Of each label, as those that follow. */
  OCCURRED(0),
  ANSWERED(1),
  HIT(2);

  static final int OF_ALL = 4;
  static final int OF_LABEL = 3;

  /** Among those of all, or among those of a label. */
  final int place;

  ClassFigure(int place) {
    this.place = place;
  }
}
