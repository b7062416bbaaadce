/**
 * The inside of an engine's JVM. A <i>worker</i> reads requests, a line each, and answers each with
 * a line; it keeps work under <i>handles</i>, makes, runs and closes it on one thread, and times it
 * with JMH without forks. <i>Values</i> are what engines must agree on before they are measured.
 *
 * <p>Imports {@code work} and JMH; engines it finds by name only.
 */
package dev.eddy.benchmarks.worker;
