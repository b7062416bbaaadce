package dev.eddy.benchmarks.report;

import dev.eddy.benchmarks.report.Target.Ratio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * What a run of {@code eddy bench train} found.
 *
 * @param engines what each engine said of its version and settings, by name
 * @param omissions what could not be measured, and why
 */
public record TrainReport(
    List<TrainResult> results, Map<String, String> engines, List<String> omissions) {

  /** What is measured, in words. */
  public static final List<String> SHAPE =
      List.of(
          "One layer, inputs = hidden units, a linear head of 9 outputs, squared error, Adam; 64"
              + " steps, batch 32, one thread.",
          "An update is forward, backward and Adam over data that lie in the engine's own arrays;"
              + " no gradient of the inputs is asked for.",
          "eddy: Eddy's layer and output layer in a Deeplearning4j network, rows of a step together in"
              + " memory; dl4j: its own LSTM and RnnOutputLayer;",
          "dl4j-eddy-head: its own LSTM under Eddy's output layer, which shows what is the head's"
              + " share; libtorch: lstm or gru, linear, mse_loss, Adam.");

  /** Goals and what was reached. */
  public List<Target> targets() {
    List<Target> targets = new ArrayList<>();
    targets.add(
        Target.minimum(
            "SRU, DL4J's LSTM: hidden 64, 128", 9, 2, ratios("sru", "dl4j", size -> size <= 128)));
    targets.add(
        Target.minimum(
            "SRU, DL4J's LSTM: hidden 256", 6, 1, ratios("sru", "dl4j", size -> size > 128)));
    targets.add(
        Target.minimum(
            "SRU, libtorch's LSTM: every size", 1.5, 3, ratios("sru", "libtorch", size -> true)));
    targets.add(
        Target.minimum(
            "LSTM, DL4J's LSTM: hidden 64, 128",
            4,
            2,
            ratios("lstm", "dl4j", size -> size <= 128)));
    targets.add(
        Target.minimum(
            "LSTM, DL4J's LSTM: hidden 256", 2.5, 1, ratios("lstm", "dl4j", size -> size > 128)));
    return targets;
  }

  /** Eddy's speed over that of the peer's LSTM. */
  private List<Ratio> ratios(String cell, String peer, IntPredicate sizes) {
    List<Ratio> ratios = new ArrayList<>();
    for (TrainResult ours : results) {
      if (ours.engine().equals("eddy") && ours.cell().equals(cell) && sizes.test(ours.hidden())) {
        find("lstm", ours.hidden(), peer)
            .ifPresent(
                theirs ->
                    ratios.add(
                        new Ratio(
                            "hidden " + ours.hidden(),
                            ours.tokensPerSecond() / theirs.tokensPerSecond())));
      }
    }
    return ratios;
  }

  private Optional<TrainResult> find(String cell, int hidden, String engine) {
    return results.stream()
        .filter(
            result ->
                result.cell().equals(cell)
                    && result.hidden() == hidden
                    && result.engine().equals(engine))
        .findFirst();
  }

  /** The figures. */
  public TextTable table() {
    List<List<String>> rows = new ArrayList<>();
    for (TrainResult result : results) {
      rows.add(
          List.of(
              result.cell(),
              result.engine(),
              Integer.toString(result.hidden()),
              String.format(Locale.ROOT, "%,.0f", result.sequencesPerSecond()),
              String.format(Locale.ROOT, "%,.0f", result.tokensPerSecond()),
              overDl4j(result)));
    }
    return new TextTable(
        List.of("cell", "engine", "hidden", "sequences/s", "tokens/s", "over DL4J's LSTM"),
        rows,
        2);
  }

  private String overDl4j(TrainResult result) {
    return find("lstm", result.hidden(), "dl4j")
        .map(
            dl4j ->
                String.format(
                    Locale.ROOT, "%.2f", result.tokensPerSecond() / dl4j.tokensPerSecond()))
        .orElse("-");
  }

  /** For {@code --json}. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("results", results);
    json.put("targets", targets().stream().map(Target::json).toList());
    json.put("engines", engines);
    json.put("omissions", omissions);
    return json;
  }
}
