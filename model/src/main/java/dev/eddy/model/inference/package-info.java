/**
 * Steps keys through one model version: from raw observations to calibrated predictions.
 *
 * <ul>
 *   <li><b>micro-batch</b>: the observations that are stepped together
 *   <li><b>staged</b>: put into the micro-batch that is stepped next
 *   <li><b>slot</b>: the place of an observation in a micro-batch, in the order of staging
 *   <li><b>wave</b> <i>t</i>: the <i>t</i>-th observation of each key of a micro-batch that has so
 *       many
 *   <li><b>hidden</b>: what a network's cells carry of a key from step to step
 *   <li><b>key state</b>: all that is kept of a key, its hidden state, its memory and its
 *       calibration
 *   <li><b>swap</b>: a key state moves over to another version, its hidden state re-warmed, carried
 *       or reset
 *   <li><b>re-warm</b>: to lead a key through its recent inputs anew, under another version
 *   <li><b>broken</b>: a key with a number that is not finite; its observations are stepped alone
 *   <li><b>calibration</b>: moving intervals so that they hold as many actuals as they promise
 * </ul>
 *
 * <p>Imports {@code encoding}, {@code engine}, {@code tensor} and {@code spec}.
 */
package dev.eddy.model.inference;
