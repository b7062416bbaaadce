package dev.eddy.model.spec;

import org.jspecify.annotations.Nullable;

/**
 * One observation's raw feature values, ordered by a {@link FeatureSchema}. The arrays are not
 * copied; whoever holds a {@code RawInput} must not change them.
 *
 * @param time event time, epoch milliseconds
 * @param numeric [numeric features], NaN where missing
 * @param categories [categorical features], null where missing
 * @param future what came with it of the observations to come
 */
public record RawInput(
    long time, double[] numeric, @Nullable String[] categories, RawFuture future) {

  /** An observation that came with nothing of the future. */
  public RawInput(long time, double[] numeric, @Nullable String[] categories) {
    this(time, numeric, categories, RawFuture.NONE);
  }
}
