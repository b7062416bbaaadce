package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.settings.ReplaySettings.Layout;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Wishes of the user: what need not be guessed of a file.
 *
 * @param targets columns to forecast; empty: guess
 * @param label the column that holds the class of each row; not with targets
 * @param key the column that tells series apart; empty: guess
 * @param interval the distance of rows, for a file without times; empty: there must be times
 * @param layout what a row and a column are; empty: guess
 */
public record InitWishes(
    List<String> targets,
    Optional<String> label,
    Optional<String> key,
    Optional<Duration> interval,
    Optional<Layout> layout) {
  public InitWishes {
    targets = List.copyOf(targets);
  }

  /** Guess everything. */
  static InitWishes none() {
    return new InitWishes(
        List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
