/**
 * The {@code simd} engine, on the vector kernels: bit for bit the same whatever shares the batch.
 *
 * <p>Keys walk in <i>waves</i>: wave t holds the t-th observation of every key that has one. Every
 * vector of units is stepped right after its <i>panel</i>'s product, for a <i>chunk</i> of at most
 * 64 rows, while that is in the first cache. The <i>tail</i> of a sequence is its last waves, of
 * few rows each. One row alone is stepped with its units as if they were rows.
 *
 * <p>May import {@code engine}, {@code kernel}, {@code kernel.simd}, {@code spec} and {@code
 * tensor}.
 */
@NullMarked
package dev.eddy.model.engine.simd;

import org.jspecify.annotations.NullMarked;
