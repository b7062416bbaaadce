package dev.eddy.benchmarks.run;

import dev.eddy.benchmarks.run.WorkerProcess.RefusedException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds, by measurement, the core type with which an engine's OpenBLAS multiplies fastest: older
 * ones do not know newer processors and fall back to slow kernels.
 */
final class CoreTypes {
  private static final List<String> CANDIDATES = List.of("", "SKYLAKEX", "ZEN", "HASWELL");
  private static final double CLEARLY = 1.03;
  private static final int[] SIZES = {64, 512};
  private static final int ROUNDS = 5;
  private static final int MILLISECONDS = 60;

  private final Libraries libraries;
  private final Consumer<String> say;
  private final Map<String, String> chosen = new HashMap<>(); // by module: one OpenBLAS each

  CoreTypes(Libraries libraries, Consumer<String> say) {
    this.libraries = libraries;
    this.say = say;
  }

  /** The core type for an engine; empty: whatever OpenBLAS chooses. */
  String of(Contender contender) {
    if (!contender.usesOpenBlas() || !System.getProperty("os.arch").equals("amd64")) {
      return "";
    }
    return chosen.computeIfAbsent(
        contender.module(),
        module -> choose(contender.needsLibrariesOfItsOwn() ? contender : Contender.ND4J));
  }

  private String choose(Contender multiplier) {
    String best = "";
    double most = 0;
    StringBuilder found = new StringBuilder();
    for (Map.Entry<String, Double> entry : measure(multiplier).entrySet()) {
      found.append(found.length() == 0 ? "" : ", ").append(name(entry.getKey()));
      double gflops = entry.getValue();
      found.append(gflops == 0 ? " does not run" : " " + Math.round(gflops));
      if (gflops > most * CLEARLY) {
        best = entry.getKey();
        most = gflops;
      }
    }
    String engines = multiplier.needsLibrariesOfItsOwn() ? multiplier.configName() : "ND4J";
    say.accept(
        "OpenBLAS core type of " + engines + ": " + name(best) + " (GFLOP/s: " + found + ")");
    return best;
  }

  private static String name(String core) {
    return core.isEmpty() ? "its own choice" : core;
  }

  /** GFLOP/s by core type, in turns; 0 for one that this processor does not have. */
  private Map<String, Double> measure(Contender multiplier) {
    Map<String, WorkerProcess> workers = new LinkedHashMap<>();
    Map<String, Double> found = new LinkedHashMap<>();
    try {
      for (String core : CANDIDATES) {
        workers.put(core, WorkerProcess.start(multiplier, libraries, core));
      }
      Map<String, double[]> best = new LinkedHashMap<>(); // nanoseconds of each size
      for (int round = 0; round < ROUNDS; round++) {
        for (Map.Entry<String, WorkerProcess> worker : workers.entrySet()) {
          double[] times =
              best.computeIfAbsent(worker.getKey(), core -> unmeasured(worker.getValue()));
          measure(worker.getValue(), times);
        }
      }
      best.forEach((core, times) -> found.put(core, gflops(times)));
    } finally {
      workers.values().forEach(WorkerProcess::close);
    }
    return found;
  }

  private static double[] unmeasured(WorkerProcess worker) {
    double[] times = new double[SIZES.length];
    Arrays.fill(times, Double.POSITIVE_INFINITY);
    try {
      worker.ask("describe");
      for (int handle = 0; handle < SIZES.length; handle++) {
        worker.ask("product", handle, SIZES[handle]);
        worker.ask("warm", handle, MILLISECONDS);
      }
    } catch (RefusedException e) {
      return times; // measuring it will fail too
    }
    return times;
  }

  /** The fastest of all rounds, which other processes have disturbed least. */
  private static void measure(WorkerProcess worker, double[] times) {
    for (int handle = 0; handle < SIZES.length; handle++) {
      try {
        times[handle] = Math.min(times[handle], worker.number("time", handle, MILLISECONDS));
      } catch (RefusedException e) {
        return; // a core type that this processor does not have
      }
    }
  }

  /** Geometric mean over the sizes. */
  private static double gflops(double[] times) {
    double product = 1;
    for (int i = 0; i < SIZES.length; i++) {
      product *= 2.0 * SIZES[i] * SIZES[i] * SIZES[i] / times[i];
    }
    return Math.pow(product, 1.0 / SIZES.length);
  }
}
