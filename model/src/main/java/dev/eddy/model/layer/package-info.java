/**
 * Layers and losses for Deeplearning4j that can be used in any of its networks: the recurrent cells
 * and a lean linear output layer, the pinball loss and the softmax cross-entropy.
 *
 * <p>A <i>layer</i> describes itself (sizes, settings, parameters and their first values) and is
 * what Deeplearning4j writes into a stored network by the name of its class, so the layers and
 * losses of this package can neither be renamed nor moved. Its <i>implementation</i> does what
 * Deeplearning4j asks of a layer, but for the arithmetic: that is a <i>pass</i>, chosen once for
 * the process. A <i>row</i> is one step of one sequence.
 *
 * <p>May import {@code layer.pass}, {@code layer.simd}, {@code layer.nd4j}, of {@code kernel}
 * whether the vector module is present, and Deeplearning4j. In the product only {@code training}
 * imports it.
 */
@NullMarked
package dev.eddy.model.layer;

import org.jspecify.annotations.NullMarked;
