package dev.eddy.benchmarks.run;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** An engine as a run sees it: a name, and a JVM with a class path. */
public enum Contender {
  SIMD("harness", false),
  ND4J("harness", true),
  DL4J("harness", true),
  ONNXRUNTIME("onnxruntime", false),
  LIBTORCH("libtorch", true),
  EDDY("harness", true),
  DL4J_EDDY_HEAD("harness", true);

  private final String module;
  private final boolean openBlas;

  Contender(String module, boolean openBlas) {
    this.module = module;
    this.openBlas = openBlas;
  }

  /** As on the command line and in the results. */
  String configName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The folder under {@code benchmarks/} whose libraries its JVM needs beside the harness's. */
  String module() {
    return module;
  }

  /** Whether its native code is not part of Eddy's own class path. */
  boolean needsLibrariesOfItsOwn() {
    return !module.equals("harness");
  }

  /** Whether it multiplies with OpenBLAS. */
  boolean usesOpenBlas() {
    return openBlas;
  }

  /**
   * Reads a name.
   *
   * @throws IllegalArgumentException naming the value found and the ones expected
   */
  public static Contender of(String configName, Contender... allowed) {
    for (Contender contender : allowed) {
      if (contender.configName().equals(configName)) {
        return contender;
      }
    }
    throw new IllegalArgumentException(
        configName
            + " (must be one of "
            + Arrays.stream(allowed).map(Contender::configName).collect(Collectors.joining(", "))
            + ")");
  }
}
