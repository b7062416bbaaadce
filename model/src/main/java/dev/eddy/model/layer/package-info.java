/**
 * Layers and losses for Deeplearning4j that it lacks: the Simple Recurrent Unit with its own
 * backward pass, a lean linear output layer, the pinball loss. They know nothing of the rest of the
 * program and can be used in any Deeplearning4j network.
 */
@NullMarked
package dev.eddy.model.layer;

import org.jspecify.annotations.NullMarked;
