/**
 * What every command shares towards the user: what it prints, and what it says when it ends badly.
 *
 * <ul>
 *   <li>line: stays on the screen; progress: is rewritten, or repeated now and then; result: one
 *       line of JSON at the end
 *   <li>mistake: what the user can mend, one line for each, exit code 2
 *   <li>failure: everything else, one line, its trace in the log file, exit code 1
 *   <li>log file: where warnings and traces go, so that the console stays readable
 *   <li>scratch: a folder that goes when the command ends
 * </ul>
 *
 * <p>Imports the jobs that it tells of ({@code train}, {@code flink} and what is below them), and
 * nothing of the other packages of the command line, which stand above it.
 */
package dev.eddy.pipeline.cli.console;
