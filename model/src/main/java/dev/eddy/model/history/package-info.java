/**
 * The history that a model learns from, key by key.
 *
 * <p>A history file holds observations grouped by key, in the order of their event times or as they
 * arrived, and the future updates that came between them. One key is in memory at a time. A
 * <i>part</i> is what a stretch of history is for: training, validation or test; {@code Parts}
 * tells it from key and event time alone. The <i>told future</i> is what a key that began in the
 * midst of its history would have been told by then.
 *
 * <p>May import {@code model.settings} and {@code spec}.
 */
@NullMarked
package dev.eddy.model.history;

import org.jspecify.annotations.NullMarked;
