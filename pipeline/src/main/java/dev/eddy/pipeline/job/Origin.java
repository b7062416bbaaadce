package dev.eddy.pipeline.job;

/** After which observations a backtest's forecasts are scored. */
public enum Origin {
  /** After every one. */
  EVERY,
  /** After the last one of each key before its scored period. */
  LAST
}
