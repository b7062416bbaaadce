package dev.eddy.model.kernel.simd;

/**
 * A weight matrix that changes with every update, packed for a product of the training: its columns
 * (and, transposed, its rows) in blocks, one per gate, each padded with zeros to whole vectors; cut
 * into panels of four vectors, the rest into panels of one; a panel's rows follow each other. The
 * memory is made once.
 */
public final class Panels {
  /** Vectors in a wide panel. */
  public static final int WIDE = 4;

  private static final int WIDTH = WIDE * Lanes.LENGTH;

  public final int depth; // padded when transposed
  public final int columns; // padded
  public final float[] values;

  /**
   * Room for a matrix.
   *
   * @param depth rows; those that are padded count
   * @param columns a whole number of vectors
   */
  public Panels(int depth, int columns) {
    this.depth = depth;
    this.columns = columns;
    this.values = new float[depth * columns];
  }

  /**
   * Packs some of a matrix's blocks.
   *
   * @param weight [.., weightRow]
   * @param firstBlock the first of the blocks that are packed
   * @param blockSize columns of a block in {@code weight}
   * @param scales a factor for each block that is packed
   */
  public void pack(
      float[] weight, int weightRow, int rows, int firstBlock, int blockSize, float... scales) {
    int padded = Lanes.padded(blockSize);
    for (int block = 0; block < scales.length; block++) {
      float scale = scales[block];
      for (int unit = 0; unit < blockSize; unit += Lanes.LENGTH) {
        int column = block * padded + unit;
        int count = Math.min(Lanes.LENGTH, blockSize - unit);
        int to = position(column);
        int width = panelWidth(column);
        int from = (firstBlock + block) * blockSize + unit;
        for (int row = 0; row < rows; row++) {
          for (int i = 0; i < count; i++) {
            values[to + i] = scale * weight[from + i];
          }
          from += weightRow;
          to += width;
        }
      }
    }
  }

  /**
   * Packs a matrix of {@code rows} rows and {@code blocks} blocks from the first on, transposed.
   */
  public void packTransposed(
      float[] weight, int weightRow, int rows, int firstBlock, int blockSize, int blocks) {
    int padded = Lanes.padded(blockSize);
    for (int column = 0; column < rows; column += Lanes.LENGTH) {
      int count = Math.min(Lanes.LENGTH, rows - column);
      int width = panelWidth(column);
      for (int block = 0; block < blocks; block++) {
        int to = position(column) + block * padded * width;
        int from = column * weightRow + (firstBlock + block) * blockSize;
        for (int unit = 0; unit < blockSize; unit++) {
          for (int i = 0; i < count; i++) {
            values[to + i] = weight[from + i * weightRow + unit];
          }
          to += width;
        }
      }
    }
  }

  public int panelWidth(int column) {
    return column < columns / WIDTH * WIDTH ? WIDTH : Lanes.LENGTH;
  }

  /** Where the panel that begins with a column begins. */
  public int panelOffset(int column) {
    return column * depth;
  }

  private int position(int column) {
    int inPanel = column % panelWidth(column);
    return panelOffset(column - inPanel) + inPanel;
  }

  /** Pads a row of blocks with zeros, each to whole vectors, times its factor. */
  public static float[] padBlocks(float[] row, int blockSize, float... scales) {
    int padded = Lanes.padded(blockSize);
    float[] result = new float[scales.length * padded];
    for (int block = 0; block < scales.length; block++) {
      for (int unit = 0; unit < blockSize; unit++) {
        result[block * padded + unit] = scales[block] * row[block * blockSize + unit];
      }
    }
    return result;
  }
}
