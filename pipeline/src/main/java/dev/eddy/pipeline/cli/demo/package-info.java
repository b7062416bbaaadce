/**
 * The demo: a deployment end to end in one process, on a broker, a cluster and a store of its own.
 *
 * <p>What the deployment's split <i>holds back</i> for the test is kept from the training, streamed
 * last and scored: observations and predictions are read back from Kafka and brought together by
 * partition and offset. {@code Demo} starts everything, {@code DemoRun} goes through the steps,
 * {@code DemoReport} shows what came of it.
 *
 * <p>May import {@code cli.score}, {@code cli.report}, {@code cli.console} and all jobs.
 */
package dev.eddy.pipeline.cli.demo;
