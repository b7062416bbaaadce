/**
 * The way of a model: {@code TrainJob} reads history, learns from it, judges what it has learned,
 * publishes a version and announces it; a {@code TrainListener} hears of each step.
 *
 * <p>To <i>judge</i> is to score on the held-out part, beside the naive forecasters. To
 * <i>publish</i> is to put an immutable version, {@code name@7}, into the store, with its
 * provenance (from which data, by which Eddy, with which seed) and its scores. To <i>announce</i>
 * is to say on the models topic from which event time on the version serves. To <i>keep</i> is to
 * put a trained model that the store does not take into one beside the deployment's file, from
 * which it is published later.
 *
 * <p>May import {@code announce}, {@code history}, {@code flink}, {@code deployment} and what is
 * below them; knows nothing of the console.
 */
package dev.eddy.pipeline.train;
