package dev.eddy.benchmarks.run;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The jars of the engines' JVMs. Eddy's own engines share the harness's class path; a peer gets its
 * own libraries and only those of the harness that know no native code, because ND4J's JavaCPP and
 * libtorch's cannot live in one JVM.
 *
 * @param home the checkout
 */
record Libraries(Path home) {
  private static final List<String> PLAIN =
      List.of(
          "eddy-",
          "jmh-",
          "jopt-simple-",
          "commons-math3-",
          "jackson-",
          "slf4j-api-",
          "log4j-",
          "jspecify-");

  /** The checkout that the launcher named. */
  static Libraries ofLauncher() {
    return new Libraries(Path.of(System.getProperty("eddy.home", "")).toAbsolutePath());
  }

  String classPath(Contender contender) {
    Path harness = folder("harness");
    if (!contender.needsLibrariesOfItsOwn()) {
      return harness.resolve("*").toString();
    }
    List<String> entries = new ArrayList<>();
    File[] jars = harness.toFile().listFiles((folder, name) -> isPlain(name));
    for (File jar : jars == null ? new File[0] : jars) {
      entries.add(jar.toString());
    }
    entries.sort(null);
    entries.add(folder(contender.module()).resolve("*").toString());
    return String.join(File.pathSeparator, entries);
  }

  private static boolean isPlain(String jar) {
    return PLAIN.stream().anyMatch(jar::startsWith);
  }

  private Path folder(String module) {
    return home.resolve(Path.of("benchmarks", module, "target", "lib"));
  }
}
