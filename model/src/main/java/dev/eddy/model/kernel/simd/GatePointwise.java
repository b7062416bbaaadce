package dev.eddy.model.kernel.simd;

/** What a step of a gated cell does with its gates' pre-activations, for a vector of units. */
public interface GatePointwise {
  /**
   * Steps the units from {@code unit} on, as many as a vector holds, for some rows of a wave; or,
   * of one key, those and the next: rows are vectors of units then.
   *
   * @param gates [rows, gates * LENGTH], overwritten
   * @param unitStep units between rows: 0, or, of one key, as many as a vector holds
   * @param firstRow the first of these rows in the views
   * @param previous h before the step
   * @param cells c, where the cell has one; overwritten
   * @param outputs takes h
   */
  void update(
      float[] gates,
      int rows,
      int unit,
      int unitStep,
      int firstRow,
      RowView previous,
      RowView cells,
      RowView outputs);
}
