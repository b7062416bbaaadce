/**
 * Settings that are passed on as they are, to Flink and to Kafka's clients: which names are known
 * there, and which values are taken.
 *
 * <p>A <i>known</i> name is an option of Flink or of one of Kafka's clients. An unknown one is
 * refused only if it is all but a known one: plugins have settings of their own.
 *
 * <p>May import {@code yaml}.
 */
package dev.eddy.pipeline.passed;
