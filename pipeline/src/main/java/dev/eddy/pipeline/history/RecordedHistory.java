package dev.eddy.pipeline.history;

import dev.eddy.connectors.file.RefusedRows;
import java.nio.file.Path;
import java.util.List;

/**
 * History in files of its own, key after key, with what is known of all of it: read from the
 * observations topic by {@link TopicHistory}, or from the deployment's files by {@link
 * FileHistory}.
 *
 * @param source where it comes from, in words
 * @param files those that hold it, each key in one of them
 * @param observations how many they hold
 * @param refused records that are no observation, nor bring future values in time, or lie further
 *     ahead than {@code input.max-ahead}; rows of files that do not parse
 * @param oldest the first event time, epoch milliseconds
 * @param newest the last event time, epoch milliseconds
 */
public record RecordedHistory(
    String source,
    List<Path> files,
    long observations,
    RefusedRows refused,
    long oldest,
    long newest) {
  /** How many were refused. */
  public long deadLetters() {
    return refused.total();
  }
}
