/** The command line, {@code eddy bench}. */
package dev.eddy.benchmarks.cli;
