package dev.eddy.model.kernel.simd;

/**
 * A weight matrix and its bias, laid out for {@link MatrixProduct}: columns cut into panels, within
 * a panel row after row, so that a product reads it from end to end. Two layouts:
 *
 * <ul>
 *   <li>{@link #of}: columns in blocks, each padded with zero columns to whole vectors; panels of
 *       four vectors, the rest in panels of one.
 *   <li>{@link #ofUnits}: a panel for as many units as a vector holds, with all blocks of these
 *       units side by side, so that the panel's product is all that a step of these units needs.
 * </ul>
 */
public final class PackedMatrix {
  /** Vectors in a wide panel. */
  static final int WIDE = 4;

  public final int depth; // rows, K
  public final int columns; // padded, N
  public final int panelColumns; // of a full panel
  final int fullPanels;
  final float[] panels; // full ones [fullPanels, K, panelColumns], then narrow ones [.., K, LENGTH]
  final float[] bias; // [N]

  private PackedMatrix(int depth, int columns, int panelColumns) {
    this.depth = depth;
    this.columns = columns;
    this.panelColumns = panelColumns;
    this.fullPanels = columns / panelColumns;
    this.panels = new float[depth * columns];
    this.bias = new float[columns];
  }

  /**
   * Packs a matrix block by block.
   *
   * @param weight [depth, blocks * blockSize]
   * @param bias [blocks * blockSize]
   * @param scales [blocks] factor of each block's weights and bias
   */
  public static PackedMatrix of(
      float[] weight, float[] bias, int depth, int blockSize, float[] scales) {
    int padded = Lanes.padded(blockSize);
    PackedMatrix packed = new PackedMatrix(depth, scales.length * padded, WIDE * Lanes.LENGTH);
    for (int block = 0; block < scales.length; block++) {
      for (int unit = 0; unit < blockSize; unit++) {
        packed.put(block * padded + unit, weight, bias, block * blockSize + unit, scales, block);
      }
    }
    return packed;
  }

  /**
   * Packs a matrix unit by unit: of a row of the product, each panel holds what belongs to the same
   * few units, block after block.
   *
   * @param weight [depth, blocks * hidden]
   * @param bias [blocks * hidden]
   * @param scales [blocks] factor of each block's weights and bias; three or four blocks
   */
  public static PackedMatrix ofUnits(
      float[] weight, float[] bias, int depth, int hidden, float[] scales) {
    int blocks = scales.length;
    PackedMatrix packed =
        new PackedMatrix(depth, blocks * Lanes.padded(hidden), blocks * Lanes.LENGTH);
    for (int block = 0; block < blocks; block++) {
      for (int unit = 0; unit < hidden; unit++) {
        int target = Lanes.inPanels(unit, block, blocks);
        packed.put(target, weight, bias, block * hidden + unit, scales, block);
      }
    }
    return packed;
  }

  private void put(
      int target, float[] weight, float[] biases, int column, float[] scales, int block) {
    int panelWidth = target < fullPanels * panelColumns ? panelColumns : Lanes.LENGTH;
    int first = target / panelWidth * panelWidth;
    for (int k = 0; k < depth; k++) {
      panels[first * depth + k * panelWidth + target % panelWidth] =
          weight[k * biases.length + column] * scales[block];
    }
    bias[target] = biases[column] * scales[block];
  }
}
