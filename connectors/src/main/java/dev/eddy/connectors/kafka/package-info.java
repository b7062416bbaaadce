/**
 * Kafka topics as sources of Flink jobs, each made by a builder that checks everything in {@code
 * build()}. A source yields exactly one event for each record, a dead letter where it cannot be
 * decoded. <i>Event time</i> advances with the observations' own times, never with Kafka's.
 *
 * <p>Imports {@code event}, {@code serde}, {@code serde.json}, {@code kafka.start}, {@code
 * kafka.client} and Flink's Kafka connector.
 */
package dev.eddy.connectors.kafka;
