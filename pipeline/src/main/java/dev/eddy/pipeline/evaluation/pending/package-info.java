/**
 * Keeps each key's forecasts until what they were made for has happened, and scores them then.
 *
 * <ul>
 *   <li><b>lane</b>: the forecasts of one version, shadow or not, of one key, in order
 *   <li><b>head</b>: the oldest forecast of a lane that waits for the actual of a target at a
 *       horizon
 *   <li><b>early</b>: of the first predictions of a key by a version that another came before
 * </ul>
 *
 * <p>Imports {@code evaluation.window}, {@code evaluation}, {@code connectors} and {@code model}.
 */
package dev.eddy.pipeline.evaluation.pending;
