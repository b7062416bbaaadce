/**
 * Where a deployment's job begins to read: how far an earlier <i>start</i> has come, by its
 * committed offsets and its predictions, and what is refused for it. What the next start has to
 * find again is named here: the writer of predictions, and the transactional ids.
 *
 * <p>Imports {@code kafka.client} and Flink's Kafka connector.
 */
package dev.eddy.connectors.kafka.start;
