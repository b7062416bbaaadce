package dev.eddy.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flink's command line, as a process on a machine of its own. */
final class FlinkCommand {
  /** What one has printed, and how it ended. */
  record Outcome(int code, String output) {
    /** The job that it says it has submitted. */
    String job() {
      return first("JobID ([0-9a-f]{32})");
    }

    /** The path that it says it has stored a savepoint at. */
    String savepoint() {
      return first("Path: (\\S+)");
    }

    private String first(String pattern) {
      Matcher matcher = Pattern.compile(pattern).matcher(output);
      if (code != 0 || !matcher.find()) {
        throw new AssertionError("exit code " + code + ": " + output);
      }
      return matcher.group(1);
    }
  }

  private static final String MAIN = "org.apache.flink.client.cli.CliFrontend";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private FlinkCommand() {}

  /** {@code flink run}, with options before the jar and arguments behind it. */
  static Outcome run(FlinkCluster cluster, List<String> options, String... arguments)
      throws InterruptedException {
    List<String> words = new ArrayList<>(List.of("run"));
    words.addAll(options);
    words.add(Places.jobJar().toString());
    words.addAll(List.of(arguments));
    return execute(cluster, words.toArray(String[]::new));
  }

  /** {@code flink WORDS}, to its end. */
  static Outcome execute(FlinkCluster cluster, String... words) throws InterruptedException {
    String name = "flink-" + NUMBER.incrementAndGet() + "-" + words[0];
    Path folder = Places.anew(Places.all().resolve("clients").resolve(name));
    List<String> main = new ArrayList<>(List.of(MAIN));
    main.addAll(Arrays.asList(words));
    Map<String, String> configuration = cluster.configurationOfAll();
    try (JavaProcess process =
        Flink.start(name, folder, configuration, List.of("-Xmx256m"), main)) {
      int code = process.await(Duration.ofMinutes(3));
      return new Outcome(code, process.output());
    }
  }
}
