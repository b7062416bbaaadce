/**
 * Kafka topics as sinks of Flink jobs. A sink writes to one topic with a <i>delivery</i>: exactly
 * once, in transactions that commit with Flink's checkpoints, or at least once. How large a record
 * may be there is its <i>limit</i>: dead letters are cut to it, and predictions must fit.
 *
 * <p>Imports {@code event}, {@code serde.avro}, {@code kafka.start}, {@code kafka.transaction},
 * {@code kafka.client} and Flink's Kafka connector.
 */
package dev.eddy.connectors.kafka.sink;
