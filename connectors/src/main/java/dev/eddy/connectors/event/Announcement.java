package dev.eddy.connectors.event;

/**
 * The message that a model version is to be used, from which event time on, and how hidden state
 * moves over to it; or that it is to be stepped beside the one that serves, as its shadow; or that
 * what was announced of a version before is taken back. Travels as JSON on the models topic.
 *
 * @param id unique; announcements are merged by it
 * @param model the version, {@code name@7}
 * @param effectiveFrom first event time it serves or is a shadow, epoch milliseconds; {@code
 *     Long.MIN_VALUE} for a name's first announcement: from the beginning of time
 * @param swap {@code rewarm}, {@code carry} or {@code reset}
 * @param digest SHA-256 of {@code model.json}, hexadecimal
 * @param store where the version was published: a directory or a file system's URI
 * @param retracts whether every earlier announcement of this version and digest is to count as
 *     never made; the message itself then announces nothing, and says no more than these
 * @param shadow whether it serves nobody, and is stepped beside the version that does
 */
public record Announcement(
    String id,
    String model,
    long effectiveFrom,
    String swap,
    String digest,
    String store,
    boolean retracts,
    boolean shadow) {

  /** That a version is to be used. */
  public Announcement(
      String id, String model, long effectiveFrom, String swap, String digest, String store) {
    this(id, model, effectiveFrom, swap, digest, store, false, false);
  }

  /** The same of a version that is to be a shadow. */
  public Announcement asShadow() {
    return new Announcement(id, model, effectiveFrom, swap, digest, store, false, true);
  }

  /** That a version is not to be used, as if it had never been announced. */
  public static Announcement retraction(String id, String model, String digest) {
    return new Announcement(id, model, Long.MIN_VALUE, "", digest, "", true, false);
  }
}
