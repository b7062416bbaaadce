package dev.eddy.model.store;

import dev.eddy.model.spec.ModelId;

/**
 * What an announcement says of a version just published.
 *
 * @param id the version claimed for it
 * @param digest SHA-256 of its {@code model.json}, 64 lower-case hexadecimal digits
 */
public record PublishedModel(ModelId id, String digest) {}
