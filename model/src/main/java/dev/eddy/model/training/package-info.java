/**
 * Trains a model from a history: fits what is not the network, encodes, trains on Deeplearning4j,
 * judges, trains once more on all that is not held back, exports.
 *
 * <p>The encoded history is a file of rows, inputs and labels. A <i>window</i> is a run of rows
 * that is trained on at once, its first ones the <i>burn-in</i>: they warm the hidden state and are
 * masked from the loss. <i>Starts</i> are pieces encoded as if a key began with them. An
 * <i>update</i> is one step of the optimiser, a <i>look</i> one at the validation part,
 * <i>patience</i> how long it may show nothing better. To <i>judge</i> is to score on the test
 * part, the way the model serves. A <i>refit</i> trains anew on training plus validation, for as
 * many updates as were best.
 *
 * <p>May import all of the model's packages but {@code store}; of the model nothing imports it.
 * {@code CosineSchedule} is named in stored networks: it can neither be renamed nor moved.
 */
@NullMarked
package dev.eddy.model.training;

import org.jspecify.annotations.NullMarked;
