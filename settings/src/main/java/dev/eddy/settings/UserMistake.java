package dev.eddy.settings;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A mistake that the user can mend: in a setting, an option, a file, a topic, a store. Each line
 * says one: place, what was found there, and in brackets what it must be. The command line prints
 * the lines and nothing else, and exits with 2; every other exception is a failure, whose trace
 * goes to the log.
 */
public class UserMistake extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** One mistake; a line break in what was found is shown, not made. */
  public UserMistake(String line) {
    super(oneLine(line));
  }

  /** One mistake, and what it was seen by. */
  public UserMistake(String line, Throwable cause) {
    super(oneLine(line), cause);
  }

  /** Several mistakes found in one go. */
  public UserMistake(List<String> lines) {
    super(lines.stream().map(UserMistake::oneLine).collect(Collectors.joining("\n")));
  }

  private static String oneLine(String line) {
    return line.replace("\r", "\\r").replace("\n", "\\n");
  }

  /** One line for each mistake. */
  public List<String> lines() {
    return String.valueOf(getMessage()).lines().toList();
  }
}
