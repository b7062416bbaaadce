package dev.eddy.pipeline.version;

import dev.eddy.model.spec.ModelId;
import dev.eddy.pipeline.state.ExactModel;

/**
 * A stretch of event time in which a model version serves, or is stepped beside the one that does;
 * one for each accepted announcement. It ends where a later one begins.
 *
 * @param index its place in the timeline
 * @param model the version that serves
 * @param exact what this version is made of, by its digest
 * @param effectiveFrom first event time that it serves, epoch milliseconds
 * @param swap how hidden state of the version before moves over to it
 * @param shadow whether it serves nobody
 */
public record Tenure(
    int index,
    ModelId model,
    ExactModel exact,
    long effectiveFrom,
    SwapPolicy swap,
    boolean shadow) {}
