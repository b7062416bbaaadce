package dev.eddy.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Starts Flink's main classes as its download's scripts do. */
final class Flink {
  /** Of the {@code config.yaml} that Flink comes with, and what Eddy's guide adds. */
  private static final List<String> FLAGS =
      Stream.concat(
              Stream.of("--add-modules", "jdk.incubator.vector"),
              Stream.of(
                      "exports=java.base/sun.net.util",
                      "exports=java.rmi/sun.rmi.registry",
                      "exports=java.security.jgss/sun.security.krb5",
                      "opens=java.base/java.lang",
                      "opens=java.base/java.net",
                      "opens=java.base/java.io",
                      "opens=java.base/java.nio",
                      "opens=java.base/sun.nio.ch",
                      "opens=java.base/java.lang.reflect",
                      "opens=java.base/java.text",
                      "opens=java.base/java.time",
                      "opens=java.base/java.util",
                      "opens=java.base/java.util.concurrent",
                      "opens=java.base/java.util.concurrent.atomic",
                      "opens=java.base/java.util.concurrent.locks")
                  .map(place -> "--add-" + place + "=ALL-UNNAMED"))
          .toList();

  private Flink() {}

  /**
   * Starts a process of Flink.
   *
   * @param name of its log
   * @param folder where it works; its configuration is written there
   * @param flags of the JVM, such as its sizes
   * @param main its main class, then its arguments
   */
  static JavaProcess start(
      String name,
      Path folder,
      Map<String, String> configuration,
      List<String> flags,
      List<String> main) {
    List<String> all = new ArrayList<>(FLAGS);
    all.addAll(flags);
    String conf = write(folder, yaml(configuration)).getParent().toString();
    return JavaProcess.start(
        folder,
        Places.log(name),
        Map.of("FLINK_CONF_DIR", conf, "FLINK_LOG_DIR", conf),
        all,
        classPath(),
        main);
  }

  /** Where a process that works in the folder has its configuration. */
  static String configurationOf(Path folder) {
    return folder.resolve("conf").toString();
  }

  /** As the build wrote it: neither Eddy nor what tests need. */
  private static String classPath() {
    try {
      Path file = Places.project().resolve("cluster-tests/target/flink.classpath");
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String yaml(Map<String, String> configuration) {
    return new TreeMap<>(configuration)
        .entrySet().stream()
            .map(entry -> entry.getKey() + ": \"" + entry.getValue() + "\"\n")
            .collect(Collectors.joining());
  }

  private static Path write(Path folder, String text) {
    try {
      Path conf = Files.createDirectories(folder.resolve("conf"));
      return Files.writeString(conf.resolve("config.yaml"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
