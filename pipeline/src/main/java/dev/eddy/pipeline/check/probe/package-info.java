/**
 * Looks at folders, brokers and clocks from where a task runs: {@code FolderProbe} writes and reads
 * a file, {@code Probe} says what one task manager found, {@code ProbeJob} is the small job that
 * asks all of them.
 */
package dev.eddy.pipeline.check.probe;
