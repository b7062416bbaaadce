/**
 * The layers that a network may be made of, as descriptions: sizes and kind, no numbers.
 *
 * <p>A <i>layer shape</i> says of a layer what it <i>carries</i> from step to step, which tensors
 * it has and how wide it is. How it begins, steps and learns is said where that is done, once for
 * every kind, by a <i>visitor</i>: the compiler names each that a new kind is missing from.
 *
 * <p>Imports nothing of Eddy but {@code settings}; read and written without ND4J.
 */
@NullMarked
package dev.eddy.model.spec.layer;

import org.jspecify.annotations.NullMarked;
