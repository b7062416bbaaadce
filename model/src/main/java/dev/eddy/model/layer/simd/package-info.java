/**
 * Passes on the vector kernels, in plain arrays: for a CPU and a JVM with the vector module.
 *
 * <p>Widths are padded with zeros to whole vectors; row {@code t * B + b} is sequence b at step t.
 * Between the products of all steps only what needs the step before walks over time, and back. The
 * gradient by a gate's argument takes the gate's place, so that training keeps each number once.
 *
 * <p>May import {@code layer.pass}, {@code kernel.simd} and {@code kernel.simd.training}. Nothing
 * but making a pass loads the vector module.
 */
@NullMarked
package dev.eddy.model.layer.simd;

import org.jspecify.annotations.NullMarked;
