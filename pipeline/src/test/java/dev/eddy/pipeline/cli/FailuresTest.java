package dev.eddy.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.RollingFileAppender;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What no user can mend is one line, says where its trace is, and ends with another code. */
class FailuresTest {
  private static final LoggerContext LOGGING = (LoggerContext) LogManager.getContext(false);
  private static URI before;

  private static final Path LOG = Path.of("some", "eddy.log");

  /** Ends badly. */
  @Command(name = "break")
  private record Breaking(Exception failure) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      throw failure;
    }
  }

  @BeforeAll
  static void logAsUsersDo(@TempDir Path folder) throws URISyntaxException {
    System.setProperty("eddy.log", folder.resolve("eddy.log").toString());
    before = LOGGING.getConfigLocation();
    LOGGING.setConfigLocation(Eddy.class.getResource("/log4j2.xml").toURI());
  }

  @AfterAll
  static void logAsBefore() {
    System.clearProperty("eddy.log");
    LOGGING.setConfigLocation(before);
  }

  static Stream<Exception> failures() {
    return Stream.of(
        new IllegalArgumentException("of a library"),
        new IllegalStateException("the job failed", new IllegalArgumentException("deep inside")),
        new UncheckedIOException(new NoSuchFileException("/scratch/dealt-3")),
        new NumberFormatException());
  }

  @ParameterizedTest
  @MethodSource("failures")
  void a_failure_is_one_line_and_its_trace_is_in_the_log(Exception failure) throws IOException {
    Throwable root = failure.getCause() == null ? failure : failure.getCause();
    String message = root.getMessage() == null ? "" : ": " + root.getMessage();
    String logged = Files.exists(logFile()) ? Files.readString(logFile()) : "";

    Ended ended = breaking(failure);

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.err().lines())
        .containsExactly(
            "eddy: break failed: " + root.getClass().getSimpleName() + message,
            "eddy: details are in " + LOG);
    assertThat(ended.out()).isEmpty();
    assertThat(Files.readString(logFile()).substring(logged.length()))
        .contains("break failed", failure.getClass().getName(), "at " + getClass().getName());
  }

  @Test
  void a_mistake_stays_one_however_deep_flink_has_wrapped_it() {
    Ended ended =
        breaking(
            new IllegalStateException(
                "the job failed",
                new RuntimeException(new UserMistake(List.of("a: 1 (must be 2)", "b: none")))));

    assertThat(ended.code()).isEqualTo(Ended.MISTAKE);
    assertThat(ended.err().lines()).containsExactly("eddy: a: 1 (must be 2)", "eddy: b: none");
  }

  private static Ended breaking(Exception failure) {
    CommandLine commandLine = Eddy.commandLine(LOG);
    commandLine.addSubcommand(new Breaking(failure));
    return Ended.run(commandLine, "break");
  }

  private static Path logFile() {
    RollingFileAppender appender = LOGGING.getConfiguration().getAppender("file");
    return Path.of(appender.getFileName());
  }
}
