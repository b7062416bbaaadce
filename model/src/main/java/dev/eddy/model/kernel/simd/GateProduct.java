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
  public static void ofInputs(RowView x, int rows, PackedGates gates, float[] c) {
    int columns = gates.columns;
    for (int panel = 0, to = 0; to < columns; panel++, to += PackedGates.PANEL_COLUMNS) {
      int b = gates.panelOffset(panel);
      int depth = gates.inputDepth;
      multiply(x, depth, x, 0, 0, rows, gates, b, gates.bias, to, 0, c, to, columns);
    }
  }

  /**
   * bias + x · W + h · R of the units of one panel.
   *
   * @param first of the rows of {@code x} and of {@code h}
   * @param c [rows, PANEL_COLUMNS] from {@code to} on
   */
  public static void ofPanel(
      RowView x, RowView h, int first, int rows, PackedGates gates, int panel, float[] c, int to) {
    int from = panel * PackedGates.PANEL_COLUMNS;
    multiply(
        x,
        gates.inputDepth,
        h,
        gates.recurrentDepth,
        first,
        rows,
        gates,
        gates.panelOffset(panel),
        gates.bias,
        from,
        0,
        c,
        to,
        PackedGates.PANEL_COLUMNS);
  }

  /**
   * h · R of the units of one panel, added to what {@link #ofInputs} has made.
   *
   * @param initial [.., columns], from row {@code initialRow} on
   * @param c [rows, PANEL_COLUMNS]
   */
  public static void addPanel(
      RowView h,
      int rows,
      PackedGates gates,
      int panel,
      float[] initial,
      int initialRow,
      float[] c) {
    int from = initialRow * gates.columns + panel * PackedGates.PANEL_COLUMNS;
    multiply(
        h,
        0,
        h,
        gates.recurrentDepth,
        0,
        rows,
        gates,
        gates.recurrentOffset(panel),
        initial,
        from,
        gates.columns,
        c,
        0,
        PackedGates.PANEL_COLUMNS);
  }

  private static void multiply(
      RowView x,
      int xDepth,
      RowView h,
      int hDepth,
      int first,
      int rows,
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
          x.values,
          x.at(first),
          x.stride,
          rows,
          xDepth,
          h.values,
          h.at(first),
          h.stride,
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
          x.values,
          x.at(first),
          x.stride,
          rows,
          xDepth,
          h.values,
          h.at(first),
          h.stride,
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
