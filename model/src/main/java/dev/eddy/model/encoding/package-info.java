/**
 * Turns a key's raw observations into the network's inputs and into the origins of its forecasts.
 *
 * <ul>
 *   <li><b>memory</b>: what an encoder remembers of a key, its <b>statistics</b> (running sums) and
 *       its values (last ones, and rings)
 *   <li><b>ring</b>: the values of the last periods of a season, or of the periods within reach of
 *       a future, addressed by period
 *   <li><b>period</b>: the count of a key's observations, or with an interval the distance in
 *       intervals from its first one
 *   <li><b>future</b>: values that records tell ahead of their time; a future feature has one
 *   <li><b>baseline</b>: a forecast that needs no network; the network's are residuals to it
 *   <li><b>unit</b>: the size of a key's usual change, in which residuals are measured
 *   <li><b>origin</b>: where the forecasts after an observation start, the baselines and the unit
 * </ul>
 *
 * Imports {@code spec} alone.
 */
package dev.eddy.model.encoding;
