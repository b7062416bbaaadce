package dev.eddy.model.spec;

/**
 * Future values that came without an observation.
 *
 * @param time when they became known, event time, epoch milliseconds
 * @param future what is known from then on
 */
public record RawFutureUpdate(long time, RawFuture future) {}
