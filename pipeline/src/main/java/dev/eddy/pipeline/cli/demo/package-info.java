/**
 * A deployment end to end in one process: broker, Flink, training, streaming, scores, report. What
 * its split holds back for the test is streamed last and scored.
 */
package dev.eddy.pipeline.cli.demo;
