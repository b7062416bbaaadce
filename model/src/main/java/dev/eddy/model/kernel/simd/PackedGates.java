package dev.eddy.model.kernel.simd;

/**
 * The weights of a recurrent layer, of its inputs and of h, and its bias, laid out for {@link
 * GateProduct}: a panel for as many units as a vector holds, with all gates of these units side by
 * side; in a panel the rows that multiply the inputs come first, those that multiply h after them.
 */
public final class PackedGates {
  private static final int GATES = 4;

  final int inputDepth; // D
  final int recurrentDepth; // H
  final int vectors; // in a row of a panel
  public final int columns; // of the product: panels * PANEL_COLUMNS

  /** Columns of the product that a panel makes. */
  public static final int PANEL_COLUMNS = GATES * Lanes.LENGTH;

  final float[] panels; // [panels, D + H, vectors * LENGTH]
  final float[] bias; // [columns]

  private PackedGates(int inputDepth, int recurrentDepth, int vectors) {
    this.inputDepth = inputDepth;
    this.recurrentDepth = recurrentDepth;
    this.vectors = vectors;
    int width = Lanes.padded(recurrentDepth);
    this.columns = GATES * width;
    this.panels = new float[(inputDepth + recurrentDepth) * vectors * width];
    this.bias = new float[columns];
  }

  /**
   * Packs four gates, which all see inputs and h.
   *
   * @param weight [inputDepth, 4 * hidden]
   * @param recurrent [hidden, 4 * hidden]
   * @param biases [4 * hidden]
   * @param scales [4] factor of each gate's weights and bias
   */
  public static PackedGates of(
      float[] weight,
      float[] recurrent,
      float[] biases,
      int inputDepth,
      int hidden,
      float[] scales) {
    return pack(weight, recurrent, biases, inputDepth, hidden, scales, GATES);
  }

  /**
   * Packs three gates, of which the last is kept in two parts: what it sees of the inputs, and what
   * it sees of h.
   *
   * @param weight [inputDepth, 3 * hidden]
   * @param recurrent [hidden, 3 * hidden]
   * @param biases [4 * hidden]
   * @param scales [4] factor of each gate's weights and bias, the last gate's twice
   */
  public static PackedGates ofSplit(
      float[] weight,
      float[] recurrent,
      float[] biases,
      int inputDepth,
      int hidden,
      float[] scales) {
    return pack(weight, recurrent, biases, inputDepth, hidden, scales, GATES - 1);
  }

  private static PackedGates pack(
      float[] weight,
      float[] recurrent,
      float[] biases,
      int inputDepth,
      int hidden,
      float[] scales,
      int vectors) {
    PackedGates packed = new PackedGates(inputDepth, hidden, vectors);
    packed.put(weight, inputDepth, 0, scales);
    packed.put(recurrent, hidden, inputDepth, scales);
    for (int gate = 0; gate < GATES; gate++) {
      for (int unit = 0; unit < hidden; unit++) {
        packed.bias[Lanes.inPanels(unit, gate, GATES)] =
            biases[gate * hidden + unit] * scales[gate];
      }
    }
    return packed;
  }

  private void put(float[] matrix, int depth, int firstRow, float[] scales) {
    int hidden = recurrentDepth;
    int panelWidth = vectors * Lanes.LENGTH;
    for (int gate = 0; gate < vectors; gate++) {
      for (int unit = 0; unit < hidden; unit++) {
        int column = Lanes.inPanels(unit, gate, vectors) % panelWidth;
        int at = panelOffset(unit / Lanes.LENGTH) + firstRow * panelWidth + column;
        for (int k = 0; k < depth; k++) {
          panels[at + k * panelWidth] = matrix[(k * vectors + gate) * hidden + unit] * scales[gate];
        }
      }
    }
  }

  /** Where a panel begins. */
  int panelOffset(int panel) {
    return panel * (inputDepth + recurrentDepth) * vectors * Lanes.LENGTH;
  }

  /** Where the rows of a panel that multiply h begin. */
  int recurrentOffset(int panel) {
    return panelOffset(panel) + inputDepth * vectors * Lanes.LENGTH;
  }
}
