/**
 * Observations out of delimited text files. A <i>replay</i> sends them somewhere at a deployment's
 * rate; a <i>replay reader</i> merges the files by event time; an <i>observation file</i> is one
 * file in the order of its rows. A file holds what came true, so a <i>file future</i> tells each
 * observation what the rows behind it say of its key's future, as if it had been told ahead of
 * time.
 *
 * <p>Imports {@code event}, {@code file.row} and {@code file.settings}; nothing of Kafka.
 */
package dev.eddy.connectors.file;
