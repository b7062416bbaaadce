package dev.eddy.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run of {@code eddy bench step} found.
 *
 * @param peakGflops the largest figure of any matrix product in the run, on one thread
 * @param engines what each engine said of its version and settings, by name
 * @param omissions what could not be measured, and why
 */
public record StepReport(
    double peakGflops,
    List<StepResult> results,
    List<WavesResult> waves,
    Map<String, String> engines,
    List<String> omissions) {

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
    List<String> heads = new ArrayList<>(List.of("cell", "hidden", "batch"));
    for (String name : engines.keySet()) {
      heads.addAll(List.of(name + " ns", "GFLOP/s", "peak"));
    }
    List<List<String>> rows = new ArrayList<>();
    for (StepResult point : points()) {
      List<String> row = new ArrayList<>();
      row.add(point.cell());
      row.addAll(place(point));
      for (String name : engines.keySet()) {
        row.addAll(figures(find(point.cell(), point.hidden(), point.batch(), name)));
      }
      rows.add(row);
    }
    return new TextTable(heads, rows, 1);
  }

  /** One cell's grid, with each peer's time over that of {@code simd}; columns for its engines. */
  public TextTable cell(String cell) {
    List<StepResult> points = points().stream().filter(point -> point.cell().equals(cell)).toList();
    List<String> heads = new ArrayList<>(List.of(cell + " hidden", "batch"));
    List<List<String>> rows = new ArrayList<>();
    points.forEach(point -> rows.add(new ArrayList<>(place(point))));
    for (String name : engines.keySet()) {
      if (results.stream().noneMatch(result -> result.isOf(name, cell))) {
        continue;
      }
      boolean ours = name.equals("simd");
      heads.addAll(List.of(name + " ns", "GFLOP/s", ours ? "of peak" : "×"));
      for (int i = 0; i < points.size(); i++) {
        StepResult point = points.get(i);
        Optional<StepResult> found = find(cell, point.hidden(), point.batch(), name);
        Optional<StepResult> simd = find(cell, point.hidden(), point.batch(), "simd");
        rows.get(i).addAll(figures(found).subList(0, 2));
        rows.get(i).add(ours ? figures(found).get(2) : times(found, simd));
      }
    }
    return new TextTable(heads, List.copyOf(rows), 0);
  }

  private static String times(Optional<StepResult> theirs, Optional<StepResult> ours) {
    return theirs.isEmpty() || ours.isEmpty()
        ? "-"
        : number(theirs.get().nsPerStep() / ours.get().nsPerStep());
  }

  /** A result of each point of the grid, whichever engine's. */
  private List<StepResult> points() {
    Map<String, StepResult> points = new LinkedHashMap<>();
    for (StepResult result : results) {
      points.putIfAbsent(result.cell() + " " + place(result), result);
    }
    return List.copyOf(points.values());
  }

  private static List<String> place(StepResult point) {
    return List.of(Integer.toString(point.hidden()), Integer.toString(point.batch()));
  }

  /** Nanoseconds, GFLOP/s and share of the peak. */
  private List<String> figures(Optional<StepResult> found) {
    if (found.isEmpty()) {
      return List.of("-", "-", "-");
    }
    double gflops = found.get().gflops();
    return List.of(
        number(found.get().nsPerStep()),
        number(gflops),
        String.format(Locale.ROOT, "%.0f %%", 100 * gflops / peakGflops));
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
    json.put("omissions", omissions);
    return json;
  }
}
