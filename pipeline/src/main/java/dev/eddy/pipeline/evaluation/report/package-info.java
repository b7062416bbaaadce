/**
 * Brings the sums of all subtasks together, watches over drift, and writes and reads the records of
 * the evaluations topic.
 *
 * <ul>
 *   <li><b>drift</b>: a rise of the error of the version that serves, relative to what anyone could
 *       have said, which is more than chance
 * </ul>
 *
 * <p>Imports {@code evaluation.window}, {@code evaluation} and {@code connectors}.
 */
package dev.eddy.pipeline.evaluation.report;
