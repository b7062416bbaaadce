package dev.eddy.pipeline.cli.run;

import dev.eddy.connectors.kafka.start.Start;
import dev.eddy.settings.Require;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What a run is to begin with, where the user says: one of three. */
public final class StartOption {
  @Option(
      names = "--fresh",
      description = {
        "Begins anew and predicts everything once more; the deployment's own checkpoints are set",
        "aside."
      })
  private boolean fresh;

  @Option(
      names = "--from",
      paramLabel = "committed",
      description = "Goes on behind the last committed offsets, knowing nothing of any key.")
  private @Nullable String from;

  @Option(
      names = "--from-savepoint",
      paramLabel = "PATH",
      description = "Resumes from a savepoint or checkpoint, which stays as it is.")
  private @Nullable String savepoint;

  /** The savepoint to resume from, as it was written. */
  Optional<String> savepoint() {
    return Optional.ofNullable(savepoint);
  }

  /** Where to begin without state. */
  Start start() {
    if (from != null) {
      Require.that(from.equals("committed"), "--from", from, "committed");
      return Start.COMMITTED;
    }
    return fresh ? Start.FRESH : Start.FIRST;
  }
}
