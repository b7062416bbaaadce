package dev.eddy.cluster;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Eddy's own command line, as a process, with the libraries of the launcher. */
final class EddyCommand {
  private static final String MAIN = "dev.eddy.pipeline.cli.Eddy";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private EddyCommand() {}

  /** {@code eddy WORDS}, to its end. */
  static FlinkCommand.Outcome execute(String... words) throws InterruptedException {
    String name = "eddy-" + NUMBER.incrementAndGet() + "-" + words[0];
    try (JavaProcess process = start(name, words)) {
      int code = process.await(FlinkCluster.PATIENCE);
      return new FlinkCommand.Outcome(code, process.output());
    }
  }

  /** {@code eddy WORDS}, which goes on. */
  static JavaProcess start(String name, String... words) {
    Path folder = Places.anew(Places.all().resolve("clients").resolve(name));
    Path libraries = Places.project().resolve("pipeline/target/lib");
    List<String> flags =
        List.of(
            "-Xmx1g",
            "--add-modules",
            "jdk.incubator.vector",
            "--add-opens",
            "java.base/java.util=ALL-UNNAMED",
            "--add-opens",
            "java.base/java.lang=ALL-UNNAMED",
            "--add-opens",
            "java.base/java.time=ALL-UNNAMED",
            "-Deddy.home=" + Places.project(),
            "-Deddy.log=" + folder.resolve("eddy.log"));
    List<String> main = new ArrayList<>(List.of(MAIN));
    main.addAll(Arrays.asList(words));
    return JavaProcess.start(
        folder, Places.log(name), Map.of(), flags, libraries + File.separator + "*", main);
  }
}
