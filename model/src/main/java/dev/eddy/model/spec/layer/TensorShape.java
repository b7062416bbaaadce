package dev.eddy.model.spec.layer;

import java.util.List;

/**
 * One tensor of a layer, row-major.
 *
 * @param name within the layer
 * @param extents rows and columns, or how many numbers
 */
public record TensorShape(String name, List<Integer> extents) {
  /** What multiplies a layer's inputs. */
  public static final String WEIGHT = "weight";

  /** What multiplies what a layer carries. */
  public static final String RECURRENT = "recurrent";

  /** What is added. */
  public static final String BIAS = "bias";

  /** What gates see of the cell. */
  public static final String PEEPHOLE = "peephole";

  /** The factor of the inputs where they pass a layer by. */
  public static final String HIGHWAY_SCALE = "highway-scale";

  static TensorShape of(String name, Integer... extents) {
    return new TensorShape(name, List.of(extents));
  }

  /** The extents, for arithmetic. */
  public int[] sizes() {
    return extents.stream().mapToInt(Integer::intValue).toArray();
  }
}
