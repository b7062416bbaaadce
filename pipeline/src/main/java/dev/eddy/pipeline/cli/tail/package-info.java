/**
 * How {@code eddy tail} shows records: where it begins to read ({@code TailStart}), what of a
 * record a person or a program sees ({@code TailedRecord}), as they come, without keeping any
 * ({@code TailPrinter}).
 *
 * <p>May import the console and the connectors; no other package of the command line.
 */
package dev.eddy.pipeline.cli.tail;
