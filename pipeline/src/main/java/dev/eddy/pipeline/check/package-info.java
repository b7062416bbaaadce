/**
 * What is asked before anything runs: of settings, files, the store, brokers, topics, records and a
 * cluster.
 *
 * <p>A <i>question</i> is about one subject and adds to the <i>findings</i>: what is fine, what is
 * worth a note, what is wrong and must be mended. {@code Questions} lists which of them a command
 * asks: {@code check} all, {@code run} and {@code train} those that could keep them from starting,
 * so that what passes {@code check} does not fail at their start. A question changes nothing that
 * stays.
 *
 * <p>May import {@code stream}, {@code announce}, {@code flink} and what is below them, and {@code
 * cli.console}, which tells a mistake from a failure.
 */
package dev.eddy.pipeline.check;
