package dev.eddy.connectors.event;

/**
 * What one record of the observations topic turned out to be: a {@link KeyedEvent}, or a {@link
 * DeadLetter} that says why it is none.
 */
public sealed interface Decoded permits KeyedEvent, DeadLetter {}
