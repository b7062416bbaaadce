/**
 * The {@code nd4j} engine, on ND4J's native libraries, for a GPU or a JVM without the vector
 * module.
 *
 * <p>A <i>batch matrix</i> has a column for each row of a batch, so that a wave is one stretch of
 * memory. A <i>projection</i> is one gate's product, an <i>affine</i> one with its bias, a <i>tiled
 * vector</i> one number per unit written out for every row. <i>Backends</i> are what ND4J finds to
 * compute on: each call into it costs microseconds, so calls are few and take whole waves.
 *
 * <p>May import {@code engine}, {@code kernel}, {@code spec} and {@code tensor}. Whoever has only
 * {@code simd} on the class path never loads it.
 */
@NullMarked
package dev.eddy.model.engine.nd4j;

import org.jspecify.annotations.NullMarked;
