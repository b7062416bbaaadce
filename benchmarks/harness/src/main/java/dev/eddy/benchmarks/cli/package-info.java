/**
 * The command line, {@code eddy bench}: a command for each kind of measuring, which reads its
 * options, starts a run and shows the report.
 *
 * <p>Imports {@code run}, {@code report} and {@code kernel}; nothing imports it.
 */
package dev.eddy.benchmarks.cli;
