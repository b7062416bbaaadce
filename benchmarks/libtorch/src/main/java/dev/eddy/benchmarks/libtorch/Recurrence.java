package dev.eddy.benchmarks.libtorch;

import org.bytedeco.pytorch.Tensor;

/** One way to step a layer in libtorch; keeps the state between steps. */
interface Recurrence extends AutoCloseable {
  /** What it is, in a word. */
  String name();

  /** Steps the rows that are in the input tensor by now. */
  void step();

  /** The layer's outputs, contiguous, [rows, H] or [1, rows, H]. */
  Tensor output();

  /** The state that is not the output: an LSTM's c; an SRU's c; null for others. */
  @org.jspecify.annotations.Nullable
  Tensor cell();

  @Override
  void close();
}
