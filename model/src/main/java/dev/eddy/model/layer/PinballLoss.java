package dev.eddy.model.layer;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.nd4j.shade.jackson.annotation.JsonProperty;

/**
 * The pinball loss of quantile regression (Koenker and Bassett 1978), for Deeplearning4j: with q
 * the level and e = label − (output + offset), {@code weight · max(q·e, (q − 1)·e)}, summed over
 * the outputs of a row, the mean over rows. A NaN label masks that output alone.
 */
public final class PinballLoss extends RowwiseLoss {
  private static final long serialVersionUID = 1L;

  private final double[] levels;
  private final double[] offsets;
  private final double[] weights;

  /**
   * A loss for outputs of the given levels.
   *
   * @param levels [outputs] the quantile level of each output, within (0, 1)
   * @param offsets [outputs] what is added to each output before it is compared with its label
   * @param weights [outputs] above 0
   */
  public PinballLoss(
      @JsonProperty("levels") double[] levels,
      @JsonProperty("offsets") double[] offsets,
      @JsonProperty("weights") double[] weights) {
    if (levels.length != offsets.length || levels.length != weights.length) {
      throw new IllegalArgumentException(
          "pinball loss: "
              + levels.length
              + " levels, "
              + offsets.length
              + " offsets, "
              + weights.length
              + " weights (must be as many of each)");
    }
    this.levels = levels.clone();
    this.offsets = offsets.clone();
    this.weights = weights.clone();
  }

  /** The quantile level of each output; for writing JSON. */
  public double[] getLevels() {
    return levels.clone();
  }

  /** What is added to each output; for writing JSON. */
  public double[] getOffsets() {
    return offsets.clone();
  }

  /** The weight of each output; for writing JSON. */
  public double[] getWeights() {
    return weights.clone();
  }

  @Override
  double row(float[] labels, float[] outputs, int offset, int size, float @Nullable [] gradient) {
    double loss = Double.NaN;
    for (int i = 0; i < size; i++) {
      double error = labels[offset + i] - (outputs[offset + i] + offsets[i]);
      if (Double.isNaN(error)) {
        continue;
      }
      double slope = error >= 0 ? levels[i] : levels[i] - 1;
      loss = (Double.isNaN(loss) ? 0 : loss) + weights[i] * slope * error;
      if (gradient != null) {
        gradient[offset + i] = (float) (-weights[i] * slope);
      }
    }
    return loss;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PinballLoss that
        && Arrays.equals(levels, that.levels)
        && Arrays.equals(offsets, that.offsets)
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(
        new int[] {Arrays.hashCode(levels), Arrays.hashCode(offsets), Arrays.hashCode(weights)});
  }
}
