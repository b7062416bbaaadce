/**
 * Numbers with a shape: a tensor, and a micro-batch laid out for stepping.
 *
 * <p>A <i>packed sequence</i> holds the observations of distinct keys, those with most first;
 * <i>wave</i> t are the t-th observations of all keys that have one, and a wave's rows stand
 * together.
 *
 * <p>Imports nothing of Eddy.
 */
@NullMarked
package dev.eddy.model.tensor;

import org.jspecify.annotations.NullMarked;
