package dev.eddy.pipeline.version;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.eddy.connectors.event.Announcement;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.settings.Words;
import java.util.Optional;

/** Ways in which a key's hidden state moves over to a new model version. */
public enum SwapPolicy {
  /** Rebuilt by stepping the key's recent inputs through the new version. */
  REWARM,
  /** Kept as it is; needs networks of the same cell, peepholes, layers, size and count. */
  CARRY,
  /** Starts afresh under the new version. */
  RESET;

  /** Why hidden states cannot move over in this way, in one line; empty if they can. */
  public Optional<String> obstacle(NetworkShape before, NetworkShape after) {
    return this != CARRY || before.sharesStateWith(after)
        ? Optional.empty()
        : Optional.of(
            "swap: carry from "
                + before.summary()
                + " to "
                + after.summary()
                + " (must be rewarm or reset, or cell, peepholes, layers, hidden size and networks"
                + " the same)");
  }

  /** The name as written in configuration and in announcements. */
  @JsonValue
  public String configName() {
    return Words.of(this);
  }

  /**
   * The policy of an announcement.
   *
   * @throws ModelRefusedException if it names none
   */
  public static SwapPolicy of(Announcement announcement) {
    try {
      return of(announcement.swap());
    } catch (IllegalArgumentException e) {
      throw new ModelRefusedException(String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * Reads a configuration name.
   *
   * @throws IllegalArgumentException naming the value found and the ones expected
   */
  @JsonCreator
  public static SwapPolicy of(String configName) {
    return Words.read(SwapPolicy.class, "swap", configName);
  }
}
