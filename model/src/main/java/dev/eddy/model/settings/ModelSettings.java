package dev.eddy.model.settings;

import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.settings.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The network and what it forecasts; the {@code model:} block. {@code horizons}, {@code quantiles},
 * {@code baseline} and {@code season} matter to forecasting alone.
 *
 * @param cell the recurrence of every layer; default SRU
 * @param peephole whether an LSTM's gates see its cell; default false
 * @param leak the share of an RNN's unit that each step replaces, above 0, at most 1; default 1
 * @param layers depth of the stack; default 2
 * @param hidden H, units per layer; default 64
 * @param horizons how many observations (or intervals) ahead to forecast, ascending; default 1
 * @param quantiles ascending levels within (0, 1), 0.5 among them; default 0.1, 0.5, 0.9
 * @param baseline the forecast whose residual is learned: {@code auto} (the best per horizon on the
 *     training part), or one for every horizon: {@code last}, {@code season:24}, or the mean of
 *     several, {@code last+season:24+season:168}, or {@code linear}, fitted to the target's own
 *     past; default auto
 * @param season the target's season lengths in observations (or intervals), ascending; an empty
 *     list: none; empty: {@code auto}, 24 and 168 for hourly, 7 for daily, else from the
 *     autocorrelation of the training part; default auto
 * @param calibration {@code online}: each key's intervals are made to hold as many actuals as they
 *     say, as these arrive; {@code none}: they stay as the network says them; default online
 */
public record ModelSettings(
    CellType cell,
    boolean peephole,
    double leak,
    int layers,
    int hidden,
    List<Integer> horizons,
    List<Double> quantiles,
    String baseline,
    Optional<List<Integer>> season,
    CalibrationMode calibration) {

  /** Lets the training part choose the baseline. */
  public static final String AUTO = "auto";

  private static final String LINEAR = "linear";

  /** What is done to keep the promise of the intervals. */
  public enum CalibrationMode {
    /** Each key's intervals are adapted as its actuals arrive. */
    ONLINE,
    /** Intervals are served as the network says them. */
    NONE
  }

  public ModelSettings {
    horizons = List.copyOf(horizons);
    quantiles = List.copyOf(quantiles);
    season = season.map(List::copyOf);
    cell.requireOptions("model", peephole, leak);
    Require.atLeast(1, "model.layers", layers);
    Require.atLeast(1, "model.hidden", hidden);
    Require.that(
        !horizons.isEmpty() && horizons.get(0) >= 1 && ascending(horizons),
        "model.horizons",
        horizons,
        "ascending, each 1 or more");
    Require.that(
        quantiles.contains(0.5)
            && ascending(quantiles)
            && quantiles.get(0) > 0
            && quantiles.get(quantiles.size() - 1) < 1,
        "model.quantiles",
        quantiles,
        "ascending, above 0 and below 1, 0.5 among them");
    season.ifPresent(
        lengths ->
            Require.that(
                ascending(lengths) && (lengths.isEmpty() || lengths.get(0) >= 2),
                "model.season",
                lengths,
                "auto, or ascending lengths, each 2 or more"));
    parseBaseline(baseline);
  }

  /** Without peepholes or leak, intervals calibrated online. */
  public ModelSettings(
      CellType cell,
      int layers,
      int hidden,
      List<Integer> horizons,
      List<Double> quantiles,
      String baseline,
      Optional<List<Integer>> season) {
    this(
        cell,
        false,
        1,
        layers,
        hidden,
        horizons,
        quantiles,
        baseline,
        season,
        CalibrationMode.ONLINE);
  }

  /** The defaults: an SRU of 2×64 that forecasts the next observation. */
  public static ModelSettings defaults() {
    return new ModelSettings(
        CellType.SRU, 2, 64, List.of(1), List.of(0.1, 0.5, 0.9), AUTO, Optional.empty());
  }

  /** One network of these settings. */
  public NetworkShape network(int inputs, int outputs) {
    return new NetworkShape(cell, inputs, hidden, layers, outputs, peephole, leak);
  }

  /** The network in few words. */
  public String summary() {
    return network(1, 1).summary();
  }

  /** The naive baseline asked for; empty for {@code auto} and {@code linear}. */
  public Optional<Head.Mean> fixedBaseline() {
    return parseBaseline(baseline);
  }

  /** Whether the linear baseline is asked for, whatever others do. */
  public boolean linearBaseline() {
    return baseline.equals(LINEAR);
  }

  private static Optional<Head.Mean> parseBaseline(String written) {
    if (written.equals(AUTO) || written.equals(LINEAR)) {
      return Optional.empty();
    }
    boolean last = false;
    List<Integer> seasons = new ArrayList<>();
    for (String part : written.split("\\+", -1)) {
      String trimmed = part.trim();
      if (trimmed.equals("last")) {
        last = true;
      } else {
        Require.that(
            trimmed.matches("season:[1-9]\\d{0,6}"),
            "model.baseline",
            written,
            "auto, linear, last, season:24, or a sum like last+season:24");
        seasons.add(Integer.valueOf(trimmed.substring("season:".length())));
      }
    }
    return Optional.of(new Head.Mean(last, seasons));
  }

  private static <T extends Comparable<T>> boolean ascending(List<T> values) {
    for (int i = 1; i < values.size(); i++) {
      if (values.get(i).compareTo(values.get(i - 1)) <= 0) {
        return false;
      }
    }
    return true;
  }
}
