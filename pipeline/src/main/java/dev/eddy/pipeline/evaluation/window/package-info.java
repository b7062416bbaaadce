/**
 * Sums of scores, by window of event time, which add up whoever has scored.
 *
 * <ul>
 *   <li><b>window</b>: a stretch of event time; a score belongs to the one of its actual's time
 *   <li><b>sums</b>: what one version's scores in a window come to, of one subtask or of all
 *   <li><b>figure</b>: one of the numbers that are summed
 * </ul>
 *
 * <p>Imports {@code evaluation} and {@code connectors}.
 */
package dev.eddy.pipeline.evaluation.window;
