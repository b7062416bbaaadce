package dev.eddy.model.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs a main class in a JVM of its own, with flags and a class path that the test chooses. */
public final class ChildJvm {
  private final List<String> command = new ArrayList<>();
  private Predicate<String> classPath = entry -> true;

  /** A JVM with these flags. */
  public ChildJvm(String... flags) {
    command.add(java(Path.of(System.getProperty("java.home"))));
    command.add("-Xmx512m");
    command.addAll(List.of(flags));
  }

  /** Runs on the JDK that lies there. */
  public ChildJvm withJavaHome(Path home) {
    command.set(0, java(home));
    return this;
  }

  private static String java(Path home) {
    return home.resolve("bin").resolve("java").toString();
  }

  /** Keeps only those entries of this JVM's class path. */
  public ChildJvm withClassPath(Predicate<String> kept) {
    this.classPath = kept;
    return this;
  }

  /** What the main class prints, both streams, once it has ended well. */
  public String run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    String[] entries = System.getProperty("java.class.path").split(File.pathSeparator);
    command.add("-cp");
    command.add(
        Arrays.stream(entries).filter(classPath).collect(Collectors.joining(File.pathSeparator)));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output.strip();
  }
}
