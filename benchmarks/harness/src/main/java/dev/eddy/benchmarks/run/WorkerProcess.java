package dev.eddy.benchmarks.run;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The JVM of one engine, seen from outside: one request, one answer. */
final class WorkerProcess implements AutoCloseable {
  private static final String MAIN = "dev.eddy.benchmarks.worker.Worker";
  private static final Path LOGS = Path.of(".eddy");

  private final Contender contender;
  private final Path log;
  private final Process process;
  private final BufferedWriter requests;
  private final BufferedReader answers;

  /** An engine cannot do what it was asked to. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean unsupported;

    RefusedException(String message, boolean unsupported) {
      super(message);
      this.unsupported = unsupported;
    }

    /** Whether it never can. */
    boolean unsupported() {
      return unsupported;
    }
  }

  private WorkerProcess(Contender contender, Path log, Process process) {
    this.contender = contender;
    this.log = log;
    this.process = process;
    this.requests =
        new BufferedWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts the JVM of an engine, with one thread for its native code.
   *
   * @param core the core type that OpenBLAS is told to use; empty: it chooses
   */
  static WorkerProcess start(Contender contender, Libraries libraries, String core) {
    try {
      Files.createDirectories(LOGS);
      Path log = LOGS.resolve("bench-" + contender.configName() + ".log");
      ProcessBuilder builder = new ProcessBuilder(command(contender, libraries));
      builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
      Map<String, String> environment = builder.environment();
      for (String threads : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
        environment.put(threads, "1");
      }
      environment.remove("OPENBLAS_CORETYPE");
      if (!core.isEmpty()) {
        environment.put("OPENBLAS_CORETYPE", core);
      }
      return new WorkerProcess(contender, log, builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException("the JVM of " + contender.configName(), e);
    }
  }

  private static List<String> command(Contender contender, Libraries libraries) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--add-modules", "jdk.incubator.vector"));
    for (String opened : List.of("java.util", "java.lang", "java.time", "java.nio")) {
      command.addAll(List.of("--add-opens", "java.base/" + opened + "=ALL-UNNAMED"));
    }
    if (Runtime.version().feature() >= 24) {
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("--sun-misc-unsafe-memory-access=allow");
    }
    command.addAll(List.of("-XX:+UseParallelGC", "-Xmx3g"));
    command.addAll(optionsOfTheLauncher());
    command.add("-XX:ErrorFile=" + LOGS.resolve("bench-crash-%p.log"));
    command.addAll(List.of("-cp", libraries.classPath(contender), MAIN, contender.configName()));
    return command;
  }

  /** What {@code EDDY_JAVA_OPTS} adds, so that a machine's narrower vectors can be tried. */
  private static List<String> optionsOfTheLauncher() {
    String given = System.getenv().getOrDefault("EDDY_JAVA_OPTS", "").strip();
    return given.isEmpty() ? List.of() : List.of(given.split("\\s+"));
  }

  Contender contender() {
    return contender;
  }

  /** Asks for something and waits for the answer. */
  String ask(Object... words) throws RefusedException {
    StringBuilder line = new StringBuilder();
    for (Object word : words) {
      line.append(line.length() == 0 ? "" : " ").append(word);
    }
    String answer;
    try {
      requests.write(line.append('\n').toString());
      requests.flush();
      answer = answers.readLine();
    } catch (IOException e) {
      answer = null;
    }
    if (answer == null) {
      throw new RefusedException("its JVM ended (see " + log + ")", false);
    }
    int space = answer.indexOf(' ');
    String kind = space < 0 ? answer : answer.substring(0, space);
    String rest = space < 0 ? "" : answer.substring(space + 1);
    if (!kind.equals("ok")) {
      throw new RefusedException(rest, kind.equals("unsupported"));
    }
    return rest;
  }

  double number(Object... words) throws RefusedException {
    return Double.parseDouble(ask(words));
  }

  @Override
  public void close() {
    try {
      requests.close();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
