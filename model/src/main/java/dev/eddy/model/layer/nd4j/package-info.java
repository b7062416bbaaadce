/**
 * Passes in ND4J's operations, for a GPU or a JVM without the vector module: many times slower on a
 * CPU, the same numbers within rounding.
 *
 * <p>Row {@code t * B + b} is sequence b at step t. What a pass <i>keeps</i> from forward to
 * backward lies in arrays by name that grow to the largest batch, because ND4J frees late. A
 * <i>gate block</i> is the H columns of one gate.
 *
 * <p>May import {@code layer.pass}.
 */
@NullMarked
package dev.eddy.model.layer.nd4j;

import org.jspecify.annotations.NullMarked;
