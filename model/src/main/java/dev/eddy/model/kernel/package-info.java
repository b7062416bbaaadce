/**
 * Weights: which tensors a network of a shape has, what they are called where they are stored, how
 * they begin.
 *
 * <p>Matrices are row-major. A layer's weight has a column block of H for each gate, in the order
 * that the cell's equations give: SRU candidate, forget, reset, and the highway's projection where
 * there is one; LSTM i, f, g, o; GRU z, r, n. Engines <i>pack</i> weights into a layout of their
 * own and do not keep these.
 *
 * <p>May import {@code spec} and {@code tensor}. Knows of the vector module only whether it is
 * there.
 */
@NullMarked
package dev.eddy.model.kernel;

import org.jspecify.annotations.NullMarked;
