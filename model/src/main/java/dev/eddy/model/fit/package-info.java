/**
 * Everything of a model that is fitted from a history but the network: input encoding, seasons,
 * baselines, the units and quantiles of residuals, the calibration of intervals.
 *
 * <p>A fit is fed key by key and looks at the training part alone (calibration: at the validation
 * part). An <i>origin</i> is the observation at which a forecast is made, its <i>targets</i> the
 * actuals that it meets at each horizon; a <i>residual unit</i> the scale in which a key's
 * distances from the baseline are told; a <i>prior</i> what is expected of a key before it has
 * shown it; a <i>miss</i> how far outside an interval an actual lay.
 *
 * <p>May import {@code history}, {@code score}, {@code inference}, {@code encoding}, {@code engine}
 * and what these stand on; not {@code training}, {@code layer} or ND4J.
 */
@NullMarked
package dev.eddy.model.fit;

import org.jspecify.annotations.NullMarked;
