/**
 * Layers and losses for Deeplearning4j: the recurrent cells with their own forward and backward
 * passes on the vector kernels, a lean linear output layer, the pinball loss. They know nothing of
 * the rest of the program but those kernels, and can be used in any Deeplearning4j network.
 */
@NullMarked
package dev.eddy.model.layer;

import org.jspecify.annotations.NullMarked;
