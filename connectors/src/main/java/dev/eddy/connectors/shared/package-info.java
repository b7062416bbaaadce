/**
 * The topic, and the files, of values that hold for all keys.
 *
 * <p>A <i>shared record</i> is read as an observation is, of a schema of its own and of no key:
 * {@code SharedRecords} gives it the one name that all of them have, so that readers of
 * observations read it. {@code SharedSource} is Flink's source, {@code SharedTopicReader} reads the
 * topic to its end when a task starts, {@code SharedFiles} reads what a replay sends to it. What
 * the values mean to an observation is not decided here.
 *
 * <p>Imports {@code kafka}, {@code file} and what is below them.
 */
package dev.eddy.connectors.shared;
