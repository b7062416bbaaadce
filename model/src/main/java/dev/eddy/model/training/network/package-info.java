/**
 * A network while it learns: what training asks of one, and the one that there is, on
 * Deeplearning4j.
 *
 * <p>May import {@code layer}, {@code store}, {@code kernel}, {@code settings} and {@code spec}.
 */
@NullMarked
package dev.eddy.model.training.network;

import org.jspecify.annotations.NullMarked;
