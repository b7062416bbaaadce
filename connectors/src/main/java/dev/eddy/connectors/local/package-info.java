/**
 * A real Kafka broker within this JVM, for the demo and for tests. It carries the broker's own
 * libraries, which nothing else may link, so that the streaming job's jar goes without them.
 *
 * <p>Imports nothing of Eddy, and nothing imports it but the demo, {@code benchmarks.measure} and
 * tests.
 */
package dev.eddy.connectors.local;
