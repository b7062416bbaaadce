package dev.eddy.pipeline.rows;

import java.util.Locale;
import java.util.Optional;

/**
 * Says of a categorical feature with very many values what they cost, and what to write instead.
 */
public final class Categories {
  /** More values than this are many: each is an input of its own. */
  public static final int MANY = 50;

  private Categories() {}

  /** A line for a user; empty where there are few. */
  public static Optional<String> line(String feature, int values) {
    return values <= MANY
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "input.categorical: %s: %,d values make %,d inputs, one each, learned from few rows"
                    + " each and slow (leave it out, or give what the values share, such as a group"
                    + " or a measure of theirs, in a column of its own)",
                feature,
                values,
                values + 1)); // one for what is unknown
  }
}
