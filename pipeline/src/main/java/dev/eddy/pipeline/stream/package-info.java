/**
 * The streaming job: observations from Kafka, keyed, stepped in micro-batches, predictions to
 * Kafka; announcements broadcast to it; what cannot be decoded or stepped to the dead letters.
 *
 * <p>{@code PredictJob} wires it out of the sources and sinks of {@code connectors} and the
 * operator of {@code operator}, with {@code PredictJobSettings}, what it needs of a deployment, and
 * {@code PredictJobDefaults}, Flink's settings where the deployment does not say. The uids given
 * there name state in checkpoints and never change. {@code StreamingJob} is the main class of the
 * jar that a cluster is given.
 *
 * <p>May import {@code announce}, {@code deployment}, {@code flink}, {@code operator}, {@code
 * version} and what is below them.
 */
package dev.eddy.pipeline.stream;
