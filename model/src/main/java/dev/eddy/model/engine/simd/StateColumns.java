package dev.eddy.model.engine.simd;

import dev.eddy.model.kernel.LayerWeights;
import dev.eddy.model.kernel.simd.Lanes;
import dev.eddy.model.kernel.simd.RowView;
import dev.eddy.model.tensor.PackedSequence;

/**
 * The columns of the hidden state that hold one layer's h or c. Where they are whole vectors they
 * are stepped where they stand, otherwise in a padded copy.
 *
 * @param offset first column
 * @param size H
 * @param stride columns of the whole hidden state
 */
record StateColumns(int offset, int size, int stride) {
  /** Of one of the parts that a layer carries. */
  static StateColumns of(LayerWeights layer, int part) {
    return new StateColumns(
        layer.stateOffset(part), layer.shape().carried().get(part).size(), layer.stateStride());
  }

  /** Lets {@code view} show these columns, or a copy in {@code padded} [keys, H padded]. */
  void show(float[] hidden, int keys, float[] padded, RowView view) {
    int width = Lanes.padded(size);
    if (width == size) {
      view.set(hidden, offset, stride);
      return;
    }
    for (int key = 0; key < keys; key++) {
      System.arraycopy(hidden, key * stride + offset, padded, key * width, size);
    }
    view.set(padded, 0, width);
  }

  /** Puts the copy that {@code show} may have made back. */
  void restore(float[] padded, float[] hidden, int keys) {
    int width = Lanes.padded(size);
    if (width != size) {
      for (int key = 0; key < keys; key++) {
        System.arraycopy(padded, key * width, hidden, key * stride + offset, size);
      }
    }
  }

  /** Puts every key's last output, of [rows, H padded], into these columns. */
  void putLast(PackedSequence sequence, float[] outputs, float[] hidden) {
    int width = Lanes.padded(size);
    int row = sequence.rows();
    int done = 0;
    for (int wave = sequence.waves() - 1; wave >= 0; wave--) {
      int batch = sequence.batchSize(wave);
      row -= batch;
      for (int key = done; key < batch; key++) {
        System.arraycopy(outputs, (row + key) * width, hidden, key * stride + offset, size);
      }
      done = batch;
    }
  }
}
