/** ONNX Runtime, through its own Java interface. */
package dev.eddy.benchmarks.onnxruntime;
