/**
 * What the user sees while a command runs: lines, one line of progress, a machine-readable result.
 *
 * <p>{@code Formats} puts numbers and facts into words; {@code TrainingConsole} and {@code
 * FailureWatch} listen to jobs and tell of them; {@code FailureReport} says what went wrong, and
 * {@code LogFile} where the rest of it is; {@code Scratch} is a folder that goes when the command
 * ends.
 *
 * <p>May import {@code train}, {@code flink} and what is below them; no command and no scores.
 */
package dev.eddy.pipeline.cli.console;
