package dev.eddy.pipeline.cli.console;

import dev.eddy.model.store.ModelRefusedException;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
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

  /** Finds the cause that says most to the user. */
  public static FailureReport of(Throwable failure) {
    List<Throwable> causes = causes(failure);
    for (Throwable cause : causes) {
      Optional<List<String>> lines = mendable(cause);
      if (lines.isPresent()) {
        LOG.debug("refused", failure);
        return new FailureReport(lines.get(), MENDABLE);
      }
    }
    LOG.error("failed", failure);
    return new FailureReport(List.of(failed(causes)), FAILURE);
  }

  private static Optional<List<String>> mendable(Throwable cause) {
    if (cause instanceof UserMistake error) {
      return Optional.of(error.lines());
    }
    if (cause instanceof IllegalArgumentException
        || cause instanceof ModelRefusedException
        || cause instanceof UncheckedIOException) {
      return Optional.of(List.of(message(cause)));
    }
    if (cause instanceof NoSuchFileException missing) {
      return Optional.of(List.of(missing.getFile() + ": missing (must be a file)"));
    }
    return Optional.empty();
  }

  /** The innermost cause: what set off all the others. */
  private static String failed(List<Throwable> causes) {
    Throwable root = causes.get(causes.size() - 1);
    if (root instanceof KafkaException || root instanceof IOException) {
      return message(root);
    }
    return root.getClass().getSimpleName() + ": " + message(root);
  }

  private static String message(Throwable cause) {
    String message = cause.getMessage();
    return message == null || message.isBlank()
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message).strip();
  }

  private static List<Throwable> causes(Throwable failure) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  /** Prints the lines; after a failure also where its details are. */
  public void print(PrintWriter err, Path log) {
    lines.forEach(line -> err.println("eddy: " + line));
    if (exitCode == FAILURE) {
      err.println("eddy: details are in " + log);
    }
    err.flush();
  }
}
