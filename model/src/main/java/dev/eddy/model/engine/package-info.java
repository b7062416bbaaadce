/**
 * Step engines: what runs a micro-batch through a network.
 *
 * <p>A step engine takes a {@code PackedSequence} and the hidden states of its keys, steps every
 * key through its observations, and leaves outputs and new states. The <i>kind</i> of an engine
 * ({@code simd}, {@code plain}, {@code nd4j}; {@code auto} is whichever fits) is resolved once,
 * where a job is submitted, and an engine made of it for each thread. {@code plain} gives the bits
 * of {@code simd}, and stands in for it in a JVM without the vector module; that is found where the
 * engine is made. Engines are found as services, so that what is not on the class path is not
 * missed. A network of several is stepped side by side and answers with the mean.
 *
 * <p>May import {@code kernel}, {@code spec} and {@code tensor}; the engines themselves, in the
 * packages below, import this one, which knows none of them.
 */
@NullMarked
package dev.eddy.model.engine;

import org.jspecify.annotations.NullMarked;
