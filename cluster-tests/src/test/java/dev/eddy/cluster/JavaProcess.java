package dev.eddy.cluster;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** A JVM of its own, in a folder of its own, which ends with this JVM at the latest. */
final class JavaProcess implements AutoCloseable {
  private static final int LAST_LINES = 40;

  private final Process process;
  private final Path output;

  private JavaProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  /**
   * Starts one.
   *
   * @param folder where it works and keeps what is temporary
   * @param log where what it prints is added
   * @param flags such as its sizes
   * @param main its main class, then its arguments
   */
  static JavaProcess start(
      Path folder,
      Path log,
      Map<String, String> environment,
      List<String> flags,
      String classPath,
      List<String> main) {
    try {
      Path temporary = Files.createDirectories(folder.resolve("tmp"));
      Files.createDirectories(log.toAbsolutePath().getParent());
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-Djava.io.tmpdir=" + temporary, "-XX:+UseSerialGC"));
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData"));
      command.add("-Dlog4j.configurationFile=" + logging(folder));
      command.addAll(flags);
      command.addAll(List.of("-cp", classPath + File.pathSeparator + leash()));
      command.add(Leash.class.getName());
      command.addAll(main);
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(Redirect.appendTo(log.toFile()));
      builder.environment().putAll(environment);
      return new JavaProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder with that class alone, for Flink's processes must not see more of Eddy. */
  private static Path leash() throws IOException {
    Path folder = Places.all().resolve("leash");
    String file = Leash.class.getName().replace('.', '/') + ".class";
    if (!Files.exists(folder.resolve(file))) {
      Files.createDirectories(folder.resolve(file).getParent());
      try (InputStream in = JavaProcess.class.getResourceAsStream("/" + file)) {
        Files.copy(Objects.requireNonNull(in), folder.resolve(file));
      }
    }
    return folder;
  }

  private static Path logging(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("log4j2.properties"),
        """
        rootLogger.level = INFO
        rootLogger.appenderRef.out.ref = out
        appender.out.name = out
        appender.out.type = CONSOLE
        appender.out.layout.type = PatternLayout
        appender.out.layout.pattern = %d{HH:mm:ss,SSS} %-5p %c{1} - %m%n
        logger.kafka.name = org.apache.kafka
        logger.kafka.level = WARN
        """);
  }

  long pid() {
    return process.pid();
  }

  boolean lives() {
    return process.isAlive();
  }

  /** As its log is named. */
  String name() {
    return output.getFileName().toString().replace(".log", "");
  }

  /** Fails, with the end of its log, if it has ended. */
  void assertAlive() {
    if (!process.isAlive()) {
      List<String> lines = output().lines().toList();
      List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size());
      throw new AssertionError(
          "%s has ended with code %d; the end of %s:%n%s"
              .formatted(name(), process.exitValue(), output, String.join("\n", last)));
    }
  }

  /** What it printed, and those before it with the same log. */
  String output() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it has ended by itself; returns its exit code. */
  int await(Duration patience) throws InterruptedException {
    if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
      close();
      throw new AssertionError("still runs after " + patience + "; " + output);
    }
    return process.exitValue();
  }

  /** SIGKILL: no shutdown hook runs, nothing is flushed. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** SIGSTOP: it holds its connections and does nothing. */
  void freeze() {
    signal("STOP");
  }

  /** SIGCONT. */
  void thaw() {
    signal("CONT");
  }

  private void signal(String name) {
    if (!process.isAlive()) {
      return;
    }
    try {
      String pid = Long.toString(process.pid());
      int code = new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("kill -" + name + " " + pid + ": " + code);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
