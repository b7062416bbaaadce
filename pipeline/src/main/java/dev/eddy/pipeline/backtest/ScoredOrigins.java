package dev.eddy.pipeline.backtest;

/** After which observations a backtest's forecasts are scored. */
public enum ScoredOrigins {
  /** After every one. */
  EVERY,
  /** After the last one of each key before its scored period. */
  LAST
}
