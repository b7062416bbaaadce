/**
 * Learns a model from history: reads it key by key, fits the input encoding, trains on
 * Deeplearning4j, judges the result on the held-back part and exports it for serving.
 */
@NullMarked
package dev.eddy.model.training;

import org.jspecify.annotations.NullMarked;
