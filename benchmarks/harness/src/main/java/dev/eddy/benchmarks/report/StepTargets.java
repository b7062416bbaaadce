package dev.eddy.benchmarks.report;

import dev.eddy.benchmarks.report.Target.Ratio;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The goals for steps, as ratios within one run; each over the whole grid, run or not. */
final class StepTargets {
  private static final String[] GATED = {"lstm", "gru"};

  /** Points of one cell: five hidden sizes, five batches. */
  private static final int GRID = 25;

  private final StepReport report;

  StepTargets(StepReport report) {
    this.report = report;
  }

  List<Target> all() {
    return Stream.of(onnxRuntime(), libtorch(), dl4j(), nd4j(), own())
        .flatMap(List::stream)
        .toList();
  }

  private List<Target> onnxRuntime() {
    List<Ratio> all = ratios("onnxruntime", result -> true, GATED);
    List<Ratio> small =
        ratios("onnxruntime", result -> result.batch() == 1 && small(result), GATED);
    return List.of(
        Target.geometricMean("LSTM and GRU, ONNX Runtime: geometric mean", 1.5, 2 * GRID, all),
        Target.minimum("LSTM and GRU, ONNX Runtime: everywhere", 0.95, 2 * GRID, all),
        Target.minimum("LSTM and GRU, ONNX Runtime: batch 1, hidden ≤ 64", 5, 4, small));
  }

  private List<Target> libtorch() {
    List<Ratio> all = ratios("libtorch", result -> true, GATED);
    return List.of(
        Target.geometricMean("LSTM and GRU, libtorch: geometric mean", 3, 2 * GRID, all),
        Target.minimum("LSTM and GRU, libtorch: everywhere", 1, 2 * GRID, all));
  }

  private List<Target> dl4j() {
    List<Ratio> all = ratios("dl4j", result -> true, "lstm");
    List<Ratio> small = ratios("dl4j", StepTargets::small, "lstm");
    return List.of(
        Target.minimum("LSTM, DL4J rnnTimeStep: everywhere", 3.5, GRID, all),
        Target.minimum("LSTM, DL4J rnnTimeStep: hidden ≤ 64", 10, 10, small));
  }

  private List<Target> nd4j() {
    List<Ratio> all = ratios("nd4j", result -> true, "sru");
    List<Ratio> small = ratios("nd4j", result -> small(result) && result.batch() <= 256, "sru");
    return List.of(
        Target.minimum("SRU, nd4j: everywhere", 3, GRID, all),
        Target.minimum("SRU, nd4j: hidden ≤ 64, batch ≤ 256", 10, 8, small));
  }

  private List<Target> own() {
    return List.of(
        Target.minimum(
            "share of the peak: batch ≥ 64, hidden ≥ 128, every cell", 0.75, 36, shares()),
        Target.minimum("SRU, 64 keys: one micro-batch of 8 waves, 8 of one", 1.5, 5, waves()));
  }

  private static boolean small(StepResult result) {
    return result.hidden() <= 64;
  }

  /** The peer's time over ours. */
  private List<Ratio> ratios(String peer, Predicate<StepResult> wanted, String... cells) {
    List<Ratio> ratios = new ArrayList<>();
    for (StepResult theirs : report.results()) {
      if (theirs.isOf(peer, cells) && wanted.test(theirs)) {
        report
            .find(theirs.cell(), theirs.hidden(), theirs.batch(), "simd")
            .ifPresent(
                ours ->
                    ratios.add(new Ratio(place(theirs), theirs.nsPerStep() / ours.nsPerStep())));
      }
    }
    return ratios;
  }

  private List<Ratio> shares() {
    List<Ratio> shares = new ArrayList<>();
    for (StepResult result : report.results()) {
      if (result.engine().equals("simd") && result.batch() >= 64 && result.hidden() >= 128) {
        shares.add(new Ratio(place(result), result.gflops() / report.peakGflops()));
      }
    }
    return shares;
  }

  private List<Ratio> waves() {
    return report.waves().stream()
        .map(waves -> new Ratio("hidden " + waves.hidden(), waves.ratio()))
        .toList();
  }

  private static String place(StepResult result) {
    return result.cell() + " hidden " + result.hidden() + " batch " + result.batch();
  }
}
