/**
 * Scores forecasts and classifications online, as their actuals arrive, beside naive ones.
 *
 * <ul>
 *   <li><b>criteria</b>: which forecasts are scored, and beside which naive ones
 *   <li><b>tally</b>: what takes in observations and predictions of any number of keys, and counts
 *   <li><b>score</b>: the figures that a tally gives, of a key or <b>pooled</b> over all keys
 *   <li><b>horizon</b>: how far ahead a forecast looks; {@link dev.eddy.model.score.HorizonMatcher}
 *       says what that means
 *   <li><b>in-sample</b>: what comes before a key's first scored observation; it scales the MASE
 *   <li><b>naive forecaster</b>: says what anyone could without a network: persistence, seasonal
 *       naive, the model's own baseline
 *   <li><b>evaluation</b>: all scores of one model over one part of a history
 * </ul>
 *
 * Imports {@code encoding} and {@code spec}.
 */
package dev.eddy.model.score;
