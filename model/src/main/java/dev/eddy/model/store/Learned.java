package dev.eddy.model.store;

import java.time.Instant;
import java.util.Optional;

/**
 * What a version has learned from: what a later version may be judged on beside it, and how it may
 * be made again.
 *
 * @param oldest first event time of the history
 * @param newest last event time of the history
 * @param observations of the history, those that were held back included
 * @param keys of the history
 * @param trainedUntil the last event time that training, validation or the refit has seen
 * @param trainedKeys how many keys they have seen, where the split holds back whole keys; their
 *     names are in {@value #KEYS}
 * @param settings SHA-256 of the settings of input, model and training
 * @param engine that stepped while the network was judged
 * @param from the version whose network it began with; empty: it began anew
 */
public record Learned(
    Instant oldest,
    Instant newest,
    long observations,
    long keys,
    Instant trainedUntil,
    Optional<Long> trainedKeys,
    String settings,
    String engine,
    Optional<String> from) {
  /** The file with the keys that were seen, a JSON array: there may be very many. */
  public static final String KEYS = "trained-keys.json";
}
