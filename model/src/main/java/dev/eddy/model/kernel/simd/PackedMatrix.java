package dev.eddy.model.kernel.simd;

/**
 * A weight matrix and its bias, laid out for {@link MatrixProduct}: columns in blocks (one per
 * gate), each block padded with zero columns to whole vectors, then cut into panels of four
 * vectors, the rest into panels of one. Within a panel the rows follow each other, so that a
 * product reads it from end to end.
 */
public final class PackedMatrix {
  /** Vectors in a wide panel. */
  static final int WIDE = 4;

  public final int depth; // rows, K
  public final int columns; // padded, N
  public final int widePanels;
  public final float[]
      panels; // wide panels [widePanels, K, 4 * LENGTH], then narrow ones [.., K, LENGTH]
  public final float[] bias; // [N]

  private PackedMatrix(int depth, int columns) {
    this.depth = depth;
    this.columns = columns;
    this.widePanels = columns / (WIDE * Lanes.LENGTH);
    this.panels = new float[depth * columns];
    this.bias = new float[columns];
  }

  /**
   * Packs a matrix.
   *
   * @param weight [depth, blocks * blockSize]
   * @param bias [blocks * blockSize]
   * @param scales [blocks] factor of each block's weights and bias
   */
  public static PackedMatrix of(
      float[] weight, float[] bias, int depth, int blockSize, float[] scales) {
    int width = scales.length * blockSize;
    int paddedBlock = Lanes.padded(blockSize);
    PackedMatrix packed = new PackedMatrix(depth, scales.length * paddedBlock);
    for (int column = 0; column < width; column++) {
      int block = column / blockSize;
      int target = block * paddedBlock + column % blockSize;
      packed.bias[target] = bias[column] * scales[block];
      for (int k = 0; k < depth; k++) {
        packed.panels[packed.index(k, target)] = weight[k * width + column] * scales[block];
      }
    }
    return packed;
  }

  /** Where in {@code panels} the panel that begins with a column begins. */
  int panelOffset(int column) {
    return column * depth;
  }

  private int index(int k, int column) {
    int wideWidth = WIDE * Lanes.LENGTH;
    int panelWidth = column < widePanels * wideWidth ? wideWidth : Lanes.LENGTH;
    int first = column / panelWidth * panelWidth;
    return panelOffset(first) + k * panelWidth + column % panelWidth;
  }
}
