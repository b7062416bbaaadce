package dev.eddy.model.layer.pass;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sequences in the layout that lets one matrix product serve all steps: in memory [T, B, D], row
 * {@code t * B + b} holding sequence b at step t, though its shape says [B, D, T] as Deeplearning4j
 * expects. As a matrix it is 'f'-ordered [D, T·B], one column a row: what BLAS takes without a
 * copy.
 */
public final class TimeMajor {
  private TimeMajor() {}

  /**
   * A sequence of that layout, its values arbitrary.
   *
   * @return [B, D, T], a view of [T, B, D]
   */
  public static INDArray create(
      LayerWorkspaceMgr workspaces, ArrayType type, long batch, long size, long steps) {
    return workspaces
        .createUninitialized(type, DataType.FLOAT, new long[] {steps, batch, size}, 'c')
        .permute(1, 2, 0);
  }

  /**
   * The sequence as a matrix: a view if it is in time-major layout, else a copy.
   *
   * @param sequence [B, D, T], any layout
   * @return [D, T·B], 'f'-ordered
   */
  public static INDArray matrix(INDArray sequence) {
    long rows = sequence.size(0) * sequence.size(2);
    long size = sequence.size(1);
    INDArray floats = sequence.castTo(DataType.FLOAT);
    INDArray matrix =
        floats.permute(2, 0, 1).reshape('c', rows, size); // maybe a view of any strides
    boolean dense = (rows == 1 || matrix.stride(0) == size) && (size == 1 || matrix.stride(1) == 1);
    return (dense ? matrix : matrix.dup('c')).transpose();
  }

  /**
   * Copies a sequence to the start of {@code target}, [T·B, width]; in one go if it is in
   * time-major layout. Makes no views then, because each costs ND4J more than a small copy.
   *
   * @param sequence [B, D, T], any layout
   */
  public static void read(INDArray sequence, float[] target, int width) {
    int size = (int) sequence.size(1);
    HostValues.readRows(is(sequence) ? sequence : matrix(sequence), target, 0, size, width);
  }

  private static boolean is(INDArray sequence) {
    return sequence.dataType() == DataType.FLOAT
        && (sequence.size(1) == 1 || sequence.stride(1) == 1)
        && (sequence.size(0) == 1 || sequence.stride(0) == sequence.size(1))
        && (sequence.size(2) == 1 || sequence.stride(2) == sequence.size(0) * sequence.size(1));
  }
}
