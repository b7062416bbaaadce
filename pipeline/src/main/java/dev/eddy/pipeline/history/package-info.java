/**
 * Histories: the observations that a deployment has seen, in files of their own, grouped by key.
 *
 * <p>A {@code RecordedHistory} is what was read: by {@code TopicHistory} from Kafka, with a Flink
 * batch job, or by {@code FileHistory} from the deployment's replay files, without a broker. Its
 * order within a key is event time, to learn from, or arrival, to step as the stream did. What the
 * stream refuses is left out and counted: dead letters, and future updates older than what their
 * key had observed. {@code HistoryEvents} makes events of its rows again.
 *
 * <p>May import {@code deployment} and what is below it.
 */
package dev.eddy.pipeline.history;
