/**
 * The adapter of ONNX Runtime, through its own Java interface. It steps LSTM, GRU and RNN as the
 * models of {@code onnx} describe them, with inputs and outputs <i>bound</i> to direct buffers, so
 * that a run copies nothing within the runtime.
 *
 * <p>Imports {@code work}, {@code onnx} and ONNX Runtime.
 */
package dev.eddy.benchmarks.onnxruntime;
