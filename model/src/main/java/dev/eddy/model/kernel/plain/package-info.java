/**
 * Kernels of a step in Java loops, for a JVM without the vector module: the operations of {@code
 * kernel.simd}, in its order, so that every number is the same bit for bit. They know arrays only.
 *
 * <p>Of {@code kernel.simd} it has constants, which the compiler copies: nothing of it is loaded.
 */
@NullMarked
package dev.eddy.model.kernel.plain;

import org.jspecify.annotations.NullMarked;
