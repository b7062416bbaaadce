package dev.eddy.pipeline.cli.console;

import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.model.store.UnusableStoreException;
import dev.eddy.settings.UserMistake;
import java.util.Optional;

/**
 * Tells a user's mistake from a failure. A mistake is a {@link UserMistake}, thrown where it is
 * known that the user wrote or gave what is wrong; Flink may have wrapped it. Two exceptions of the
 * model store, which says no more than what it found, count as one here, because the store that a
 * command looks into is the user's:
 *
 * <ul>
 *   <li>{@link UnusableStoreException}: files that cannot be read or written;
 *   <li>{@link ModelRefusedException}: files whose content is wrong.
 * </ul>
 *
 * Whatever else is thrown is a failure, by whatever name: Java's own exceptions say nothing of who
 * can mend them.
 */
public final class Mistakes {
  private Mistakes() {}

  /** The outermost mistake among a failure and its causes; empty if there is none. */
  public static Optional<UserMistake> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserMistake mistake) {
        return Optional.of(mistake);
      }
      if (cause instanceof UnusableStoreException || cause instanceof ModelRefusedException) {
        return Optional.of(new UserMistake(String.valueOf(cause.getMessage()), cause));
      }
    }
    return Optional.empty();
  }
}
