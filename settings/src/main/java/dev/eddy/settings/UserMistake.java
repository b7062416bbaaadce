package dev.eddy.settings;

import java.util.List;

/**
 * A mistake that the user can mend: what, where, what was expected and what was found, each in one
 * line. The command line prints the lines and nothing else.
 */
public final class UserMistake extends IllegalArgumentException {
  private final transient List<String> lines;

  /** One mistake. */
  public UserMistake(String line) {
    this(List.of(line));
  }

  /** Several mistakes found in one go. */
  public UserMistake(List<String> lines) {
    super(String.join("\n", lines));
    this.lines = List.copyOf(lines);
  }

  /** One line for each mistake. */
  public List<String> lines() {
    return lines;
  }
}
