/**
 * What {@code eddy run} does: chooses what the streaming job begins with ({@code RunStart}), runs
 * it in this process or submits it to a cluster ({@code StreamingRun}), and says which versions
 * will not serve ({@code RefusalLines}).
 *
 * <p>May import the console, the status line and the jobs; no other package of the command line.
 */
package dev.eddy.pipeline.cli.run;
