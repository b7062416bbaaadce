package dev.eddy.pipeline.evaluation.window;

/** What is summed of classes: the first four of all, the others of each label. */
public enum ClassFigure {
  COUNT,
  RIGHT,
  LOG_LOSS,
  PREVIOUS_RIGHT,
  OCCURRED,
  ANSWERED,
  HIT;

  static final int OF_ALL = OCCURRED.ordinal();
  static final int OF_LABEL = values().length - OF_ALL;
}
