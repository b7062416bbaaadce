package dev.eddy.model.tensor;

import java.util.Arrays;

/**
 * A named weight's values, row-major. Owns its array; treat it as immutable once handed over.
 *
 * @param shape extents, outermost first
 * @param values [product of shape]
 */
public record Tensor(int[] shape, float[] values) {
  public Tensor {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (size != values.length) {
      throw new IllegalArgumentException(
          "tensor of shape "
              + Arrays.toString(shape)
              + ": "
              + values.length
              + " values (must be "
              + size
              + ")");
    }
  }
}
