package dev.eddy.model.kernel.simd;

/**
 * The gates' pre-activations of a recurrent layer, bias + x · W + h · R, in the order of {@link
 * MatrixProduct}: bias, then the inputs ascending, then h ascending, whether both products are made
 * together or the second is added to what the first has left.
 */
public final class GateProduct {
  private GateProduct() {}

  /**
   * bias + x · W of all rows.
   *
   * @param c [rows, columns]
   */
  public static void ofInputs(
      float[] x, int xOffset, int xStride, int rows, PackedGates gates, float[] c) {
    int columns = gates.columns;
    for (int panel = 0, to = 0; to < columns; panel++, to += PackedGates.PANEL_COLUMNS) {
      int b = gates.panelOffset(panel);
      multiply(
          x,
          xOffset,
          xStride,
          rows,
          gates.inputDepth,
          x,
          0,
          0,
          0,
          gates,
          b,
          gates.bias,
          to,
          0,
          c,
          to,
          columns);
    }
  }

  /**
   * bias + x · W + h · R of the units of one panel.
   *
   * @param hRow first of the rows of {@code h}
   * @param c [rows, PANEL_COLUMNS] from {@code cOffset} on
   */
  public static void ofPanel(
      float[] x,
      int xOffset,
      int xStride,
      RowView h,
      int hRow,
      int rows,
      PackedGates gates,
      int panel,
      float[] c,
      int cOffset) {
    int from = panel * PackedGates.PANEL_COLUMNS;
    int b = gates.panelOffset(panel);
    multiply(
        x,
        xOffset,
        xStride,
        rows,
        gates.inputDepth,
        h.values,
        h.at(hRow),
        h.stride,
        gates.recurrentDepth,
        gates,
        b,
        gates.bias,
        from,
        0,
        c,
        cOffset,
        PackedGates.PANEL_COLUMNS);
  }

  /**
   * h · R of the units of one panel, added to what {@link #ofInputs} has made.
   *
   * @param hRow first of the rows of {@code h}
   * @param initial [.., columns], from row {@code initialRow} on
   * @param c [rows, PANEL_COLUMNS] from {@code cOffset} on
   */
  public static void addPanel(
      RowView h,
      int hRow,
      int rows,
      PackedGates gates,
      int panel,
      float[] initial,
      int initialRow,
      float[] c,
      int cOffset) {
    int from = initialRow * gates.columns + panel * PackedGates.PANEL_COLUMNS;
    int b = gates.recurrentOffset(panel);
    multiply(
        h.values,
        h.at(hRow),
        h.stride,
        rows,
        0,
        h.values,
        h.at(hRow),
        h.stride,
        gates.recurrentDepth,
        gates,
        b,
        initial,
        from,
        gates.columns,
        c,
        cOffset,
        PackedGates.PANEL_COLUMNS);
  }

  private static void multiply(
      float[] x,
      int xOffset,
      int xStride,
      int rows,
      int xDepth,
      float[] h,
      int hOffset,
      int hStride,
      int hDepth,
      PackedGates gates,
      int b,
      float[] initial,
      int from,
      int fromStride,
      float[] c,
      int to,
      int toStride) {
    if (gates.vectors == Panels.WIDE) {
      WideTile.multiply(
          x,
          xOffset,
          xStride,
          rows,
          xDepth,
          h,
          hOffset,
          hStride,
          hDepth,
          gates.panels,
          b,
          initial,
          from,
          fromStride,
          c,
          to,
          toStride);
    } else {
      SplitTile.multiply(
          x,
          xOffset,
          xStride,
          rows,
          xDepth,
          h,
          hOffset,
          hStride,
          hDepth,
          gates.panels,
          b,
          initial,
          from,
          fromStride,
          c,
          to,
          toStride);
    }
  }
}
