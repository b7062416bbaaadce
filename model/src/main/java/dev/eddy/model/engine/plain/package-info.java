/**
 * The {@code plain} engine: Java loops on any JVM, slower than the {@code simd} engine, its results
 * the same bit for bit.
 *
 * <p>Every row is stepped by itself, key after key, wave after wave.
 *
 * <p>May import {@code engine}, {@code kernel}, {@code kernel.plain}, {@code spec} and {@code
 * tensor}.
 */
@NullMarked
package dev.eddy.model.engine.plain;

import org.jspecify.annotations.NullMarked;
