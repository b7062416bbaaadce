/**
 * Guards around the Kafka connector's transactional sink. One <i>run</i> of a deployment owns the
 * transactions under a prefix: it <i>claims</i> them on the broker, <i>fences</i> every
 * transactional id that earlier runs have used, and gives way for good once a newer run has claimed
 * them. What cannot be committed any more is told apart: committed before, or lost.
 *
 * <p>Imports Flink's Kafka connector and the Kafka clients, and of Eddy {@code kafka.client}.
 */
package dev.eddy.connectors.kafka.transaction;
