/**
 * The adapter of Deeplearning4j as it comes: its own layers, none of Eddy's, each at the fastest of
 * its own settings; and its library ND4J, started on one thread.
 *
 * <p>Imports {@code work}, Deeplearning4j and ND4J. Eddy's own adapter stands on it, because Eddy's
 * layers train in Deeplearning4j's networks.
 */
package dev.eddy.benchmarks.dl4j;
