/**
 * The adapter of Eddy's own engines and layers: {@code simd} and {@code nd4j} step, Eddy's layers
 * train within a Deeplearning4j network, and Deeplearning4j's own LSTM trains under Eddy's head, to
 * show what is the head's share.
 *
 * <p>Imports {@code work}, {@code dl4j} and Eddy's engines and layers.
 */
package dev.eddy.benchmarks.eddy;
