/**
 * Scores predictions and shows what they are worth: on the console and in a report.
 *
 * <p>A {@code Judge} sees every observation of a key in order, with the prediction made after it,
 * and scores them beside what anyone could say without a model. {@code EvaluationText} and {@code
 * ScoreReport} show its evaluation; both lay it out with {@code ForecastTables} or {@code
 * ClassTables}. A <i>verdict</i> is a sentence that says whether the model beats the best naive
 * forecaster. <i>Pooled</i> scores are of all keys together, <i>means</i> are over the horizons.
 *
 * <p>May import {@code cli.report}, {@code cli.console}, {@code deployment} and what is below them.
 */
package dev.eddy.pipeline.cli.score;
