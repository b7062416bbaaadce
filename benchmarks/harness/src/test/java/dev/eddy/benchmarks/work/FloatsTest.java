package dev.eddy.benchmarks.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FloatsTest {
  private static final float[] MATRIX = {1, 2, 3, 4, 5, 6}; // [2, 3]

  @Test
  void blocks_of_columns_are_reordered_in_every_row() {
    assertThat(Floats.blocks(MATRIX, 1, 2, 0, 1)).containsExactly(3, 1, 2, 6, 4, 5);
    assertThat(Floats.blocks(new float[] {1, 2, 3, 4}, 2, 1, 0)).containsExactly(3, 4, 1, 2);
  }

  @Test
  void a_transpose_swaps_rows_and_columns() {
    assertThat(Floats.transposed(MATRIX, 2, 3)).containsExactly(1, 4, 2, 5, 3, 6);
  }

  @Test
  void columns_are_negated_or_cut_out() {
    assertThat(Floats.negate(MATRIX.clone(), 3, 1, 2)).containsExactly(1, -2, 3, 4, -5, 6);
    assertThat(Floats.columns(MATRIX, 3, 1, 3)).containsExactly(2, 3, 5, 6);
  }
}
