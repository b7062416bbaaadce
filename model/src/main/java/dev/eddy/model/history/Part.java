package dev.eddy.model.history;

/** What a piece of history is for. */
public enum Part {
  TRAINING,
  VALIDATION,
  TEST
}
