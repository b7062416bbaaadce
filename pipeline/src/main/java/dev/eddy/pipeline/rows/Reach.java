package dev.eddy.pipeline.rows;

import dev.eddy.pipeline.deployment.Deployment;
import dev.eddy.settings.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Whether the rows reach as far as the settings ask: horizons, seasons, the length of sequences.
 *
 * @param deployment whose settings they are
 * @param look at the files
 * @param parts of the rows
 */
public record Reach(Deployment deployment, FileLook look, PartsLook parts) {
  /** What training could not do; empty if it can. */
  public Optional<String> wrong() {
    if (deployment.input().label().isPresent()) {
      return Optional.empty();
    }
    int horizon = farthest();
    if (interval().isEmpty() && horizon >= look.longest()) {
      return Optional.of(
          "model.horizons: "
              + horizon
              + " (must be less than the longest key's rows, "
              + look.longest()
              + ")");
    }
    long longest = longest();
    return horizon > longest
        ? Optional.of(
            "model.horizons: "
                + horizon
                + " (must be what a key's training part reaches, "
                + longest
                + (interval().isPresent() ? " intervals" : " rows after its first")
                + ", or less)")
        : interval().flatMap(this::neverApart);
  }

  /** A horizon that no two rows of a key are apart has nothing to be learned from. */
  private Optional<String> neverApart(Duration interval) {
    return deployment.model().horizons().stream()
        .filter(
            horizon ->
                look.keys().stream()
                    .noneMatch(
                        key ->
                            areApart(
                                look.times(key),
                                (int) parts.of(key).training(),
                                horizon * interval.toMillis(),
                                interval.toMillis() / 2)))
        .findFirst()
        .map(
            horizon ->
                "model.horizons: "
                    + horizon
                    + ": no two rows of a key in the training part are "
                    + Durations.format(interval.multipliedBy(horizon))
                    + " apart (must be what rows are, or input.interval be their distance)");
  }

  /**
   * Whether two of the first rows lie about so far apart.
   *
   * @param times ascending
   */
  private static boolean areApart(long[] times, int rows, long distance, long about) {
    int later = 0;
    for (int row = 0; row < rows; row++) {
      while (later < rows && times[later] < times[row] + distance - about) {
        later++;
      }
      if (later < rows && times[later] <= times[row] + distance + about) {
        return true;
      }
    }
    return false;
  }

  /** What is done otherwise than the settings seem to say. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (deployment.input().label().isEmpty()) {
      shortKeys(notes);
      seasons(notes);
    }
    int sequence = deployment.training().sequenceLength();
    if (sequence > look.longest()) {
      notes.add(
          "training.sequence-length: "
              + sequence
              + " is more than the longest key's rows, "
              + look.longest()
              + ": sequences are as long as the keys");
    }
    return notes;
  }

  private void shortKeys(List<String> notes) {
    int horizon = farthest();
    long tooShort =
        look.keys().stream().filter(key -> look.reach(key, interval()) < horizon).count();
    if (tooShort > 0 && tooShort < look.keys().size()) {
      notes.add(
          "model.horizons: "
              + horizon
              + ": "
              + tooShort
              + " of "
              + look.keys().size()
              + " keys are too short to be forecast so far ahead");
    }
  }

  private void seasons(List<String> notes) {
    long longest = longest();
    for (int season : deployment.model().season().orElse(List.of())) {
      if (season > longest) {
        notes.add(
            "model.season: "
                + season
                + " is longer than a key's training part reaches, "
                + longest
                + ": it is never seen twice");
      }
    }
  }

  private int farthest() {
    return Collections.max(deployment.model().horizons());
  }

  private Optional<Duration> interval() {
    return deployment.input().interval();
  }

  /** Steps of the key whose training part reaches farthest. */
  private long longest() {
    return look.keys().stream()
        .mapToLong(key -> look.reach(key, parts.of(key).training(), interval()))
        .max()
        .orElse(0);
  }
}
