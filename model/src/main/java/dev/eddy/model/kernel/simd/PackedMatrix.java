package dev.eddy.model.kernel.simd;

/**
 * A weight matrix and its bias, laid out for {@link MatrixProduct}: columns cut into panels, within
 * a panel row after row, so that a product reads it from end to end. Two layouts:
 *
 * <ul>
 *   <li>{@link #of}: columns in blocks, laid out as {@link Panels}.
 *   <li>{@link #ofUnits}: a panel for as many units as a vector holds, with all blocks of these
 *       units side by side, so that the panel's product is all that a step of these units needs.
 * </ul>
 */
public final class PackedMatrix {
  public final int depth; // rows, K
  public final int columns; // padded, N
  public final int panelColumns; // of a full panel
  final int fullPanels;
  final float[] panels; // full ones [fullPanels, K, panelColumns], then narrow ones [.., K, LENGTH]
  final float[] bias; // [N]

  private PackedMatrix(int depth, int panelColumns, float[] panels, float[] bias) {
    this.depth = depth;
    this.columns = bias.length;
    this.panelColumns = panelColumns;
    this.fullPanels = columns / panelColumns;
    this.panels = panels;
    this.bias = bias;
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
    Panels panels = new Panels(depth, scales.length * Lanes.padded(blockSize));
    panels.pack(weight, bias.length, depth, 0, blockSize, scales);
    float[] padded = Panels.padBlocks(bias, blockSize, scales);
    return new PackedMatrix(depth, Panels.WIDE * Lanes.LENGTH, panels.values, padded);
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
    int columns = blocks * Lanes.padded(hidden);
    int panelColumns = blocks * Lanes.LENGTH;
    float[] panels = new float[depth * columns];
    float[] packedBias = new float[columns];
    for (int block = 0; block < blocks; block++) {
      for (int unit = 0; unit < hidden; unit++) {
        int column = block * hidden + unit;
        int target = Lanes.inPanels(unit, block, blocks);
        int inPanel = target % panelColumns;
        int at = (target - inPanel) * depth + inPanel;
        for (int k = 0; k < depth; k++) {
          panels[at + k * panelColumns] = weight[k * bias.length + column] * scales[block];
        }
        packedBias[target] = bias[column] * scales[block];
      }
    }
    return new PackedMatrix(depth, panelColumns, panels, packedBias);
  }
}
