/**
 * Backtests: a history stepped through a model timeline as the stream would have done, key after
 * key, without Flink.
 *
 * <p>The <i>timeline</i> is the announcements of a name, or one version from the beginning of time.
 * An <i>origin</i> is the observation after which a forecast is made; {@code ScoredOrigins} says
 * which of them count. The <i>scored period</i> is the test part of the deployment's split, or a
 * span of event times; a forecast belongs to the period of its target's time. <i>Warm-up</i>
 * observations are stepped and not scored.
 *
 * <p>May import {@code announce}, {@code history}, {@code deployment}, {@code operator} and what is
 * below them; who judges is told by its listener.
 */
package dev.eddy.pipeline.backtest;
