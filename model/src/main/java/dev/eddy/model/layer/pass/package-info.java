/**
 * What a layer and its arithmetic agree upon.
 *
 * <p>A <i>pass</i> is the arithmetic of one layer over whole sequences: forward, where it keeps
 * what the way back needs, then backward, to the gradients by parameters and inputs. Parameters and
 * states are handed over by name. Sequences have the shape [B, D, T] of Deeplearning4j (batch,
 * features, steps) but lie <i>time-major</i> in memory, [T, B, D], so that one product serves all
 * steps. A <i>mask</i> says which steps are none: they give 0 and leave a zero state.
 *
 * <p>May import ND4J and Deeplearning4j, nothing of Eddy.
 */
@NullMarked
package dev.eddy.model.layer.pass;

import org.jspecify.annotations.NullMarked;
