package dev.eddy.model.kernel.simd.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.Panels;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The products of training against sums in double. */
class TrainingProductTest {
  private final Random random = new Random(3);

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "32, 64, 4, 64",
    "33, 5, 3, 7",
    "13, 40, 1, 24",
    "7, 300, 2, 33",
    "600, 9, 4, 16"
  })
  void a_product_with_packed_weights_equals_the_sums(
      int rows, int depth, int blocks, int blockSize) {
    int padded = Lanes.padded(blockSize);
    int width = blocks * padded;
    float[] a = random(rows * (depth + 2));
    float[] weight = random(depth * blocks * blockSize);
    float[] initial = random(rows * width);
    float[] scales = random(blocks);
    Panels panels = new Panels(depth, width);
    panels.pack(weight, blocks * blockSize, depth, 0, blockSize, scales);
    float[] c = initial.clone();
    TrainingProduct.multiply(a, 1, depth + 2, rows, panels, c, 0, width, c, 0, width);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < width; column++) {
        int block = column / padded;
        int unit = column % padded;
        double sum = initial[row * width + column];
        for (int k = 0; k < depth && unit < blockSize; k++) {
          double w = weight[(k * blocks + block) * blockSize + unit] * scales[block];
          sum += a[1 + row * (depth + 2) + k] * w;
        }
        assertThat(c[row * width + column]).isCloseTo((float) sum, within(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1, 1", "32, 64, 4, 64", "33, 5, 3, 7", "13, 40, 1, 24", "7, 30, 2, 33"})
  void a_product_with_transposed_weights_equals_the_sums(
      int rows, int depth, int blocks, int blockSize) {
    int padded = Lanes.padded(blockSize);
    int width = blocks * padded;
    int target = Lanes.padded(depth);
    float[] gradients = random(rows * width);
    float[] weight = random(depth * blocks * blockSize);
    Panels panels = new Panels(width, target);
    panels.packTransposed(weight, blocks * blockSize, depth, 0, blockSize, blocks);
    float[] c = new float[rows * target];
    float[] zeros = new float[target];
    TrainingProduct.multiply(gradients, 0, width, rows, panels, zeros, 0, 0, c, 0, target);
    for (int row = 0; row < rows; row++) {
      for (int k = 0; k < target; k++) {
        double sum = 0;
        for (int column = 0; column < blocks * blockSize && k < depth; column++) {
          int from = column / blockSize * padded + column % blockSize;
          sum += (double) gradients[row * width + from] * weight[k * blocks * blockSize + column];
        }
        assertThat(c[row * target + k]).isCloseTo((float) sum, within(1e-4f));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "64, 2048, 4", "33, 700, 5", "6, 257, 3", "7, 30, 5"})
  void a_product_over_all_rows_equals_the_sums(int rows, int depth, int vectors) {
    int columns = vectors * Lanes.LENGTH;
    float[] a = random(depth * rows);
    float[] b = random(depth * (columns + 1));
    float[] c = random(rows * columns); // overwritten
    TrainingProduct.multiplyTransposed(
        a, 0, rows, rows, depth, b, 0, columns + 1, columns, c, 0, columns);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        double sum = 0;
        for (int k = 0; k < depth; k++) {
          sum += (double) a[k * rows + row] * b[k * (columns + 1) + column];
        }
        assertThat(c[row * columns + column]).isCloseTo((float) sum, within(1e-3f));
      }
    }
  }

  private float[] random(int size) {
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = 2 * random.nextFloat() - 1;
    }
    return values;
  }
}
