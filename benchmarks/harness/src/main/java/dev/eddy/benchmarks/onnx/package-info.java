/**
 * Writes ONNX models, by hand: a few <i>messages</i> of Protocol Buffers suffice. A model here is
 * one operator with its weights, in ONNX's order of gates, for a sequence of one step.
 *
 * <p>Imports {@code work}; not ONNX Runtime, whose adapter is a module of its own and reads these.
 */
package dev.eddy.benchmarks.onnx;
