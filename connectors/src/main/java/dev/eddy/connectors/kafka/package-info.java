/**
 * Kafka topics as sources and sinks of Flink jobs, each made by a builder that checks everything in
 * {@code build()}. A source yields exactly one event for each record, a dead letter where it cannot
 * be decoded; a sink writes to one topic with a <i>delivery</i>: exactly once, in transactions that
 * commit with Flink's checkpoints, or at least once. <i>Event time</i> advances with the
 * observations' own times, never with Kafka's.
 *
 * <p>Imports {@code event}, {@code serde}, {@code serde.json}, {@code kafka.client}, {@code
 * kafka.transaction} and Flink's Kafka connector.
 */
package dev.eddy.connectors.kafka;
