/**
 * What {@code eddy backtest} does with the job of that name: hands what it steps to judges ({@code
 * BacktestRun}), shows their scores as lines, a page and data ({@code BacktestReport}), and writes
 * every prediction down ({@code PredictionsFile}).
 *
 * <p>May import scores, reports, the console and the jobs; no other package of the command line.
 */
package dev.eddy.pipeline.cli.backtest;
