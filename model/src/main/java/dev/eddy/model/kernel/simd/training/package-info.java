/**
 * Kernels of training on the JVM's vectors: what a layer's pass does between, and in, the products,
 * forward and back.
 *
 * <p>Rows are steps of sequences, <i>gate blocks</i> of a row stand side by side, each padded to
 * whole vectors. A <i>transposed tile</i> multiplies Aᵀ · B, both read where they stand, for the
 * gradients by weights. Back, the gradient by each gate's argument takes the gate's place.
 *
 * <p>May import {@code kernel.simd}, which does not import it.
 */
@NullMarked
package dev.eddy.model.kernel.simd.training;

import org.jspecify.annotations.NullMarked;
