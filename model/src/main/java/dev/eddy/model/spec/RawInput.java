package dev.eddy.model.spec;

import org.jspecify.annotations.Nullable;

/**
 * One observation's raw feature values, ordered by a {@link FeatureSchema}. The arrays are not
 * copied; whoever holds a {@code RawInput} must not change them.
 *
 * @param time event time, epoch milliseconds
 * @param numeric [numeric features], NaN where missing
 * @param categories [categorical features], null where missing
 */
public record RawInput(long time, float[] numeric, @Nullable String[] categories) {}
