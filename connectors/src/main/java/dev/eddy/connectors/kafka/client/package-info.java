/**
 * Plain Kafka clients, for what happens outside Flink jobs: creating and checking topics,
 * publishing observations and announcements, reading a topic to its end. Every fault of the brokers
 * or the topics at the start is a {@code UserMistake} of one line, within seconds; so each client
 * first asks whether a broker is <i>reachable</i> at all. Brokers that go away later are waited for
 * ({@code Patience}), and that is said ({@code BrokerWatch}). Only committed records are read.
 *
 * <p>Imports {@code event} and {@code serde.json}; nothing of Flink itself.
 */
package dev.eddy.connectors.kafka.client;
