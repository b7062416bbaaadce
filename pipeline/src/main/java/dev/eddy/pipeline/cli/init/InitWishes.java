package dev.eddy.pipeline.cli.init;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Wishes of the user: what need not be guessed of a file.
 *
 * @param targets columns to forecast; empty: guess
 * @param label the column that holds the class of each row; not with targets
 * @param key the column that tells series apart; empty: guess
 * @param interval the distance of rows, for a file without times; empty: a second
 */
public record InitWishes(
    List<String> targets,
    Optional<String> label,
    Optional<String> key,
    Optional<Duration> interval) {
  public InitWishes {
    targets = List.copyOf(targets);
  }

  /** Guess everything. */
  static InitWishes none() {
    return new InitWishes(List.of(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
