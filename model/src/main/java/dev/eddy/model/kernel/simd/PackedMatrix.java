package dev.eddy.model.kernel.simd;

/**
 * A weight matrix and its bias, laid out for {@link MatrixProduct}: columns cut into panels, within
 * a panel row after row, so that a product reads it from end to end. Two layouts:
 *
 * <ul>
 *   <li>{@link #of}: columns in blocks, each padded with zero columns to whole vectors; panels of
 *       four vectors, the rest in panels of one.
 *   <li>{@link #ofUnits}: a panel for as many units as a vector holds, with all gates of these
 *       units side by side, so that the panel's product is all that a step of these units needs.
 * </ul>
 */
public final class PackedMatrix {
  /** Vectors in a wide panel. */
  static final int WIDE = 4;

  public final int depth; // rows, K
  public final int columns; // of the product, padded, N
  final int fullPanels; // those of panelVectors vectors; others, after them, have one
  final int panelVectors;
  public final int panelColumns; // of the product, for a full panel
  final int zeroVector; // of panelColumns; at panelVectors or beyond none is left out
  final float[] panels; // full ones [fullPanels, K, panelVectors * LENGTH], then [.., K, LENGTH]
  final float[] bias; // [N]

  private PackedMatrix(int depth, int columns, int panelVectors, int panelColumns, int zeroVector) {
    this.depth = depth;
    this.columns = columns;
    this.panelVectors = panelVectors;
    this.panelColumns = panelColumns;
    this.zeroVector = zeroVector;
    this.fullPanels = columns / panelColumns;
    int rest = columns - fullPanels * panelColumns;
    this.panels = new float[depth * (fullPanels * panelVectors * Lanes.LENGTH + rest)];
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
    int width = scales.length * blockSize;
    int paddedBlock = Lanes.padded(blockSize);
    PackedMatrix packed =
        new PackedMatrix(depth, scales.length * paddedBlock, WIDE, WIDE * Lanes.LENGTH, WIDE);
    for (int column = 0; column < width; column++) {
      int block = column / blockSize;
      int target = block * paddedBlock + column % blockSize;
      packed.bias[target] = bias[column] * scales[block];
      packed.put(target, weight, column, width, scales[block]);
    }
    return packed;
  }

  /**
   * Packs a matrix of a recurrent layer: of the product's columns, each panel holds those of the
   * same few units, gate after gate.
   *
   * @param weight [depth, gates * hidden], without the zero gate
   * @param bias [all gates * hidden]
   * @param scales [all gates] factor of each gate's weights and bias; three or four gates
   * @param zeroGate one of the last two gates, whose weights are zero and not in {@code weight}; as
   *     many as all gates: none. Its column of the product takes its initial value.
   */
  public static PackedMatrix ofUnits(
      float[] weight, float[] bias, int depth, int hidden, float[] scales, int zeroGate) {
    int gates = scales.length;
    int vectors = zeroGate < gates ? gates - 1 : gates;
    int width = vectors * hidden;
    int panelColumns = gates * Lanes.LENGTH;
    PackedMatrix packed =
        new PackedMatrix(depth, gates * Lanes.padded(hidden), vectors, panelColumns, zeroGate);
    for (int gate = 0; gate < gates; gate++) {
      for (int unit = 0; unit < hidden; unit++) {
        int target = unit / Lanes.LENGTH * panelColumns + gate * Lanes.LENGTH + unit % Lanes.LENGTH;
        packed.bias[target] = bias[gate * hidden + unit] * scales[gate];
        if (gate != zeroGate) {
          int column = (gate > zeroGate ? gate - 1 : gate) * hidden + unit;
          packed.put(target, weight, column, width, scales[gate]);
        }
      }
    }
    return packed;
  }

  private void put(int target, float[] weight, int column, int width, float scale) {
    int at = index(target);
    int step = target < fullPanels * panelColumns ? panelVectors * Lanes.LENGTH : Lanes.LENGTH;
    for (int k = 0; k < depth; k++) {
      panels[at + k * step] = weight[k * width + column] * scale;
    }
  }

  /** Where in {@code panels} the first row of a column is. */
  private int index(int column) {
    int panel = column / panelColumns;
    int inPanel = column % panelColumns;
    if (panel >= fullPanels) {
      int narrow = inPanel / Lanes.LENGTH;
      return panelOffset(panel) + narrow * depth * Lanes.LENGTH + inPanel % Lanes.LENGTH;
    }
    int skipped = inPanel / Lanes.LENGTH > zeroVector ? Lanes.LENGTH : 0;
    return panelOffset(panel) + inPanel - skipped;
  }

  /** Where in {@code panels} a full panel begins, or, after them all, the first narrow one. */
  int panelOffset(int panel) {
    return panel * panelVectors * Lanes.LENGTH * depth;
  }
}
