/**
 * What a streaming job in this process does, told while it runs and when it ends.
 *
 * <ul>
 *   <li>counters: the job's own metrics, added up over its subtasks and restarts
 *   <li>numbers: one look at them, and at the newest checkpoint
 *   <li>status: the line that shows them; last line: what was done, and where the next run goes on
 * </ul>
 *
 * <p>Imports {@code cli.console}, {@code flink} and {@code version}; the command {@code run}
 * imports it.
 */
package dev.eddy.pipeline.cli.status;
