package dev.eddy.pipeline.backtest;

/** Choice of the observations after which a backtest's forecasts are scored. */
public enum ScoredOrigins {
  /** After every one. */
  EVERY,
  /** After the last one of each key before its scored period. */
  LAST
}
