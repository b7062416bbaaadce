package dev.eddy.benchmarks.run;

import dev.eddy.benchmarks.run.WorkerProcess.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds, by measurement, the core type with which an engine's OpenBLAS multiplies fastest: older
 * ones do not know newer processors and fall back to slow kernels.
 */
final class Cores {
  private static final List<String> CANDIDATES = List.of("", "SKYLAKEX", "ZEN", "HASWELL");
  private static final double CLEARLY = 1.03;
  private static final int[] SIZES = {64, 512};
  private static final int MILLISECONDS = 200;

  private final Libraries libraries;
  private final Consumer<String> say;
  private final Map<String, String> chosen = new HashMap<>(); // by module: one OpenBLAS each

  Cores(Libraries libraries, Consumer<String> say) {
    this.libraries = libraries;
    this.say = say;
  }

  /** The core type for an engine; empty: whatever OpenBLAS chooses. */
  String of(Contender contender) {
    if (!contender.usesOpenBlas() || !System.getProperty("os.arch").equals("amd64")) {
      return "";
    }
    return chosen.computeIfAbsent(contender.module(), module -> choose(contender));
  }

  private String choose(Contender contender) {
    Contender multiplier = contender.isPeer() ? contender : Contender.ND4J;
    String best = "";
    double bestTime = Double.MAX_VALUE;
    StringBuilder found = new StringBuilder();
    for (String core : CANDIDATES) {
      double time = time(multiplier, core);
      found
          .append(found.length() == 0 ? "" : ", ")
          .append(core.isEmpty() ? "its own choice" : core)
          .append(Double.isInfinite(time) ? " does not run" : " " + Math.round(1 / time));
      if (time * CLEARLY < bestTime) {
        best = core;
        bestTime = time;
      }
    }
    say.accept(
        "OpenBLAS core type for "
            + contender.module().replace("harness", "nd4j, dl4j, eddy")
            + ": "
            + (best.isEmpty() ? "its own choice" : best)
            + " (GFLOP/s: "
            + found
            + ")");
    return best;
  }

  /** Of a large product and a small one: geometric mean of the times, per operation. */
  private double time(Contender contender, String core) {
    try (WorkerProcess worker = WorkerProcess.start(contender, libraries, core)) {
      worker.ask("describe");
      double product = 1;
      for (int size : SIZES) {
        worker.ask("product", 0, size);
        double warm = worker.number("warm", 0, MILLISECONDS);
        double time = Math.min(warm, worker.number("time", 0, MILLISECONDS));
        product *= time / (2.0 * size * size * size);
      }
      return Math.pow(product, 1.0 / SIZES.length);
    } catch (RefusedException e) {
      return Double.POSITIVE_INFINITY; // a core type that this processor does not have
    }
  }
}
