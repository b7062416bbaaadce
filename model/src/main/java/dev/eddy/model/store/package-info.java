/**
 * The model store: immutable versions, {@code name@7}, each a folder of {@code model.json}, {@code
 * weights.safetensors} and, for further training, Deeplearning4j networks.
 *
 * <p>A version number is <i>claimed</i> by creating its weights exclusively; {@code model.json} is
 * written last and <i>publishes</i> it; a version that is <i>pruned</i> leaves a mark, so that its
 * number is never given again. It carries the SHA-256 of the other files, and its own is the
 * <i>digest</i> by which a version is announced. What does not match, or cannot be read, is
 * <i>refused</i>. <i>Store files</i> are where the bytes lie, a directory or any other file system.
 *
 * <p>May import {@code kernel}, {@code spec} and {@code tensor}. Reads models without ND4J, and
 * never by Java serialization.
 */
@NullMarked
package dev.eddy.model.store;

import org.jspecify.annotations.NullMarked;
