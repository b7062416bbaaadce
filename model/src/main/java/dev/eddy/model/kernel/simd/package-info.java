/**
 * Kernels of a step on the JVM's vectors. They know arrays only.
 *
 * <p>A vector has {@code Lanes.LENGTH} <i>lanes</i>. A <i>panel</i> is a few vectors' columns of a
 * packed matrix, stored row after row; a <i>gate block</i> the columns of one gate, so that a panel
 * of some units holds all their gates side by side. A <i>tile</i> is the block of a product whose
 * sums stay in registers: <i>wide</i> ones are of a panel of four vectors, <i>medium</i> and
 * <i>split</i> ones of three, <i>narrow</i> ones of one. <i>Pointwise</i> is what a step does
 * beside the products.
 *
 * <p>Every sum is taken over k ascending, with {@code fma}, never across lanes: so a row's result
 * depends neither on the rows beside it nor on the vectors' length. σ(x) is ½ · tanh(½ · x) + ½,
 * the half inside packed into the weights.
 *
 * <p>Imports nothing of Eddy, and alone (with {@code kernel.simd.training}) the vector module.
 */
@NullMarked
package dev.eddy.model.kernel.simd;

import org.jspecify.annotations.NullMarked;
