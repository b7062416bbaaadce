package dev.eddy.model.store;

import java.time.Instant;

/**
 * Where a model version comes from.
 *
 * @param data what it was trained on: topics or files, time range, observations
 * @param code the program's version
 * @param seed of initialisation, sampling and dropout
 * @param platform operating system, processor, JVM, ND4J backend
 * @param created when it was published
 */
public record Provenance(String data, String code, long seed, String platform, Instant created) {}
