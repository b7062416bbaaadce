package dev.eddy.pipeline.judge;

import dev.eddy.settings.Words;

/** Choice of the versions that a training announces. */
public enum Promotion {
  /** Every one. */
  ALWAYS,
  /** None. */
  NEVER,
  /** What is better than the champion and the best naive forecaster by more than noise. */
  IF_BETTER;

  /** The name as written on the command line. */
  public String configName() {
    return Words.of(this);
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException naming the value found and the ones expected
   */
  public static Promotion of(String configName) {
    return Words.read(Promotion.class, "--promote", configName);
  }
}
