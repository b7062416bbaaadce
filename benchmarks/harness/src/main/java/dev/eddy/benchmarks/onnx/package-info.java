/** Writes ONNX models, by hand: a few messages of Protocol Buffers suffice. */
package dev.eddy.benchmarks.onnx;
