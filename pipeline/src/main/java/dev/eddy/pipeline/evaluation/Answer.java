package dev.eddy.pipeline.evaluation;

import dev.eddy.connectors.event.Prediction;

/**
 * What one model version said after an observation.
 *
 * @param prediction its key, time and place are the observation's
 * @param shadow whether it was stepped beside the one that serves, and nothing of it was sent
 */
public record Answer(Prediction prediction, boolean shadow) {}
