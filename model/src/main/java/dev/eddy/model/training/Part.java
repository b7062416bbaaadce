package dev.eddy.model.training;

/** What a piece of history is for. */
enum Part {
  TRAINING,
  VALIDATION,
  TEST
}
