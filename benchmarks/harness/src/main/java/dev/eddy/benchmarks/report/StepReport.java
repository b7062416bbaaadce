package dev.eddy.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a run of {@code eddy bench step} found.
 *
 * @param peakGflops the largest figure of any matrix product in the run, on one thread
 * @param engines what each engine said of its version and settings, by name
 */
public record StepReport(
    double peakGflops,
    List<StepResult> results,
    List<WavesResult> waves,
    Map<String, String> engines) {

  /** What is measured, in words. */
  public static final List<String> SHAPE =
      List.of(
          "One layer, inputs = hidden units, one thread. A step is one row: ns/step is the time of a"
              + " micro-batch over its rows.",
          "Included: handing the rows over from a Java array, the step, reading the outputs into a"
              + " Java array; the state stays where",
          "the engine keeps it. simd and nd4j compute a head of one output besides; the others hand"
              + " out the layer's outputs.",
          "GFLOP/s count matrix products only: SRU 6·H², LSTM 16·H², GRU 12·H², RNN 4·H² operations"
              + " a step.");

  Optional<StepResult> find(String cell, int hidden, int batch, String engine) {
    return results.stream()
        .filter(
            result ->
                result.isOf(engine, cell) && result.hidden() == hidden && result.batch() == batch)
        .findFirst();
  }

  /** Goals and what was reached. */
  public List<Target> targets() {
    return new StepTargets(this).all();
  }

  /** The grid: a row for each point, three columns for each engine. */
  public TextTable grid() {
    Set<String> names = new LinkedHashSet<>(engines.keySet());
    List<String> heads = new ArrayList<>(List.of("cell", "hidden", "batch"));
    for (String name : names) {
      heads.addAll(List.of(name + " ns", "GFLOP/s", "peak"));
    }
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (StepResult point : results) {
      rows.computeIfAbsent(
          point.cell() + point.hidden() + " " + point.batch(), key -> row(point, names));
    }
    return new TextTable(heads, List.copyOf(rows.values()), 1);
  }

  private List<String> row(StepResult point, Set<String> names) {
    List<String> row =
        new ArrayList<>(
            List.of(
                point.cell(), Integer.toString(point.hidden()), Integer.toString(point.batch())));
    for (String name : names) {
      Optional<StepResult> found = find(point.cell(), point.hidden(), point.batch(), name);
      row.add(found.map(result -> number(result.nsPerStep())).orElse("-"));
      row.add(found.map(result -> number(result.gflops())).orElse("-"));
      row.add(
          found
              .map(
                  result ->
                      String.format(Locale.ROOT, "%.0f %%", 100 * result.gflops() / peakGflops))
              .orElse("-"));
    }
    return row;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
  }

  /** One micro-batch of eight waves beside eight of one. */
  public TextTable wavesTable() {
    List<List<String>> rows = new ArrayList<>();
    for (WavesResult result : waves) {
      rows.add(
          List.of(
              Integer.toString(result.hidden()),
              number(result.together()),
              number(result.apart()),
              String.format(Locale.ROOT, "%.2f", result.ratio())));
    }
    return new TextTable(
        List.of("SRU hidden", "together ns/step", "apart ns/step", "ratio"), rows, 0);
  }

  /** For {@code --json}. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("peakGflops", peakGflops);
    json.put("results", results);
    json.put("waves", waves);
    json.put("targets", targets().stream().map(Target::json).toList());
    json.put("engines", engines);
    return json;
  }
}
