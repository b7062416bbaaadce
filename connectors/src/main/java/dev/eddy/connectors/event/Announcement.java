package dev.eddy.connectors.event;

/**
 * The message that a model version is to be used, from which event time on, and how hidden state
 * moves over to it. Travels as JSON on the models topic.
 *
 * @param id unique; announcements are merged by it
 * @param model the version, {@code name@7}
 * @param effectiveFrom first event time it serves, epoch milliseconds; {@code Long.MIN_VALUE} for a
 *     name's first announcement: from the beginning of time
 * @param swap {@code carry} or {@code reset}
 * @param digest SHA-256 of {@code model.json}, hexadecimal
 * @param store where the version lies: a directory or a file system's URI
 */
public record Announcement(
    String id, String model, long effectiveFrom, String swap, String digest, String store) {}
