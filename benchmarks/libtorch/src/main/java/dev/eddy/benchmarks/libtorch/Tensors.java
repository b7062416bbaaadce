package dev.eddy.benchmarks.libtorch;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Tensors from and to Java arrays. */
final class Tensors {
  private Tensors() {}

  /** A tensor that owns a copy of {@code values}, row-major. */
  static Tensor of(float[] values, long... extents) {
    Tensor tensor = torch.empty(extents);
    tensor.data_ptr_float().put(values, 0, values.length);
    return tensor;
  }

  static Tensor zeros(long... extents) {
    return torch.zeros(extents);
  }

  /** Copies a contiguous tensor out. */
  static void read(Tensor tensor, float[] values) {
    FloatPointer pointer = tensor.data_ptr_float();
    pointer.get(values, 0, values.length);
  }
}
