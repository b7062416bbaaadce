/**
 * Schemas by their ids, from a <i>schema registry</i>: a server with Confluent's REST interface,
 * which Confluent's own, Karapace, Redpanda's and Apicurio's have. A <i>subject</i> is a name under
 * which the versions of a schema are registered, for a topic's values {@code TOPIC-value}.
 *
 * <p>Knows nothing of Avro, Kafka or Flink.
 */
package dev.eddy.connectors.registry;
