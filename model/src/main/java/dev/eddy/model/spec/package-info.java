/**
 * What a model is, without its weights: the records of {@code model.json}, and the raw values that
 * it reads.
 *
 * <p>A <i>network shape</i> says cell, sizes and how many networks answer together; the <i>input
 * encoding</i> how features, categories, the calendar and what is known ahead become numbers; the
 * <i>head</i> what outputs mean: quantiles of a forecast's <i>residual units</i> around a
 * <i>baseline</i> for each <i>horizon</i> (a <i>column</i> is a target at a horizon), or a class. A
 * <i>raw input</i> is an observation before it is encoded, a <i>raw future</i> values told ahead.
 *
 * <p>Imports nothing of Eddy but {@code settings}; read and written without ND4J.
 */
@NullMarked
package dev.eddy.model.spec;

import org.jspecify.annotations.NullMarked;
