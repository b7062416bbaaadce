package dev.eddy.connectors.event;

/**
 * What one record of the observations topic turned out to be: an {@link Observation} to step, or a
 * {@link DeadLetter} that says why it cannot be.
 */
public sealed interface Decoded permits Observation, DeadLetter {}
