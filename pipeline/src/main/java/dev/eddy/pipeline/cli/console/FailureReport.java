package dev.eddy.pipeline.cli.console;

import dev.eddy.settings.UserMistake;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What went wrong, in lines for the console. The stack trace of a failure goes to the log file.
 *
 * @param lines one for each thing that is wrong
 * @param exitCode 2 for what the user can mend, 1 for a failure
 */
public record FailureReport(List<String> lines, int exitCode) {
  /** Exit code of what the user can mend. */
  public static final int MENDABLE = 2;

  /** Exit code of a failure. */
  static final int FAILURE = 1;

  private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

  /**
   * The mistake that has caused a failure, or else the failure itself, which is logged.
   *
   * @param command what failed, such as {@code models list}
   */
  public static FailureReport of(String command, Throwable failure) {
    Optional<UserMistake> mistake = Mistakes.in(failure);
    if (mistake.isPresent()) {
      LOG.debug("{} refused", command, failure);
      return new FailureReport(mistake.get().lines(), MENDABLE);
    }
    LOG.error("{} failed", command, failure);
    return new FailureReport(
        List.of(command + " failed: " + place(failure).orElseGet(() -> innermost(failure))),
        FAILURE);
  }

  /** Where it was, for failures that do not say so themselves. */
  private static Optional<String> place(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.contains("No space left on device")) {
        return Optional.of(
            "No space left on device (must be free: "
                + System.getProperty("java.io.tmpdir")
                + " for temporary files, or elsewhere with EDDY_JAVA_OPTS=-Djava.io.tmpdir=DIR;"
                + " flink.execution.checkpointing.dir for checkpoints)");
      }
      if (message.startsWith("Exceeded checkpoint tolerable failure threshold")) {
        return Optional.of(
            "checkpoints cannot be completed (must be writable, with space left:"
                + " flink.execution.checkpointing.dir)");
      }
    }
    return Optional.empty();
  }

  /** What set off all the others. */
  private static String innermost(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String type = root.getClass().getSimpleName();
    String message = root.getMessage();
    return message == null || message.isBlank()
        ? type
        : type + ": " + message.lines().findFirst().orElse(message).strip();
  }

  /** As {@code --json} prints it. */
  public Map<String, Object> json() {
    Map<String, Object> error = new LinkedHashMap<>();
    error.put("kind", exitCode == MENDABLE ? "mistake" : "failure");
    error.put("code", exitCode);
    error.put("lines", lines);
    return Map.of("error", error);
  }

  /** What is wrong with what a user has typed. */
  public static FailureReport mistake(String line) {
    return new FailureReport(List.of(line), MENDABLE);
  }

  /** Prints the lines. */
  public void print(PrintWriter err) {
    lines.forEach(line -> err.println("eddy: " + Printable.line(line)));
    err.flush();
  }

  /** Prints the lines; after a failure also where its details are. */
  public void print(PrintWriter err, Path log) {
    print(err);
    if (exitCode == FAILURE) {
      err.println("eddy: details are in " + log);
    }
    err.flush();
  }
}
