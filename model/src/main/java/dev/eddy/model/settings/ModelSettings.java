package dev.eddy.model.settings;

import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.layer.LayerShape;
import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The network and what it forecasts. Horizons, quantiles, baseline and season matter to forecasting
 * alone.
 */
@Block("model")
public record ModelSettings(
    @Setting(
            about =
                "of the model that is trained, published, announced and served, which several"
                    + " deployments may share; `auto`, the deployment's own name",
            byDefault = "auto")
        Optional<String> name,
    @Setting(about = "the recurrence of every layer", byDefault = "sru") CellType cell,
    @Setting(about = "whether the gates see the cell, of an lstm only", byDefault = "false")
        boolean peephole,
    @Setting(
            about = "the share of a unit that each step replaces, of an rnn only",
            byDefault = "1",
            above = "0",
            most = "1")
        double leak,
    @Setting(
            about =
                "depth of the stack; or its layers, from the inputs up, where they differ:"
                    + " `[{cell: sru, hidden: 64}, {cell: lstm, hidden: 32}]`",
            byDefault = "2",
            least = "1",
            most = "64")
        List<LayerSettings> layers,
    @Setting(about = "units of each layer", byDefault = "64", least = "1", most = "4096")
        int hidden,
    @Setting(
            about = "how many observations (or intervals) ahead to forecast",
            byDefault = "1",
            unit = "observations or intervals",
            least = "1",
            most = "10000",
            ascending = true)
        List<Integer> horizons,
    @Setting(
            about = "which quantiles of each forecast are predicted, 0.5 among them",
            byDefault = {"0.1", "0.5", "0.9"},
            above = "0",
            below = "1",
            ascending = true)
        List<Double> quantiles,
    @Setting(
            about =
                "the forecast whose residual is learned: `auto`, the best for each horizon on the"
                    + " training part; `last`; `season:24`; their mean, `last+season:24`; or"
                    + " `linear`, fitted to the target's own past",
            byDefault = "auto")
        String baseline,
    @Setting(
            about =
                "the target's season lengths, `none` or `[]` for none; `auto` finds those that the"
                    + " training part shows, up to 1440",
            byDefault = "auto",
            unit = "observations or intervals",
            least = "2",
            most = "1000000",
            ascending = true)
        Optional<List<Integer>> season,
    @Setting(
            about =
                "`online`: each key's intervals are made to hold as many actuals as they say, as"
                    + " these arrive; `none`: they stay as the network says them",
            byDefault = "online")
        CalibrationMode calibration) {

  /** Lets the training part choose the baseline. */
  public static final String AUTO = "auto";

  private static final String LINEAR = "linear";

  private static final int LONGEST_SEASON = 1_000_000;

  /** What is done to keep the promise of the intervals. */
  public enum CalibrationMode {
    /** Each key's intervals are adapted as its actuals arrive. */
    ONLINE,
    /** Intervals are served as the network says them. */
    NONE
  }

  private static final int MOST_LAYERS = 64;

  public ModelSettings {
    layers = List.copyOf(layers);
    horizons = List.copyOf(horizons);
    quantiles = List.copyOf(quantiles);
    season = season.map(List::copyOf);
    Settings.check(
        ModelSettings.class,
        name,
        cell,
        peephole,
        leak,
        layers,
        hidden,
        horizons,
        quantiles,
        baseline,
        season,
        calibration);
    name.ifPresent(
        given ->
            Require.that(
                ModelId.isName(given), "model.name", given, "letters, digits, '.', '_' or '-'"));
    requireOptions(cell, peephole, leak, layers);
    for (int layer = 0; layer < layers.size(); layer++) {
      layers.get(layer).requireOptions("model.layers[" + layer + "]", cell);
    }
    int depth = depth(layers);
    Require.that(depth >= 1 && depth <= MOST_LAYERS, "model.layers", depth, "1 to " + MOST_LAYERS);
    Require.that(!horizons.isEmpty(), "model.horizons", "none", "one or more");
    Require.that(
        quantiles.contains(0.5), "model.quantiles", quantiles, "levels with 0.5 among them");
    parseBaseline(baseline);
  }

  /** What the model says of all layers must be something that one of them has. */
  private static void requireOptions(
      CellType cell, boolean peephole, double leak, List<LayerSettings> layers) {
    List<CellType> cells = layers.stream().map(layer -> layer.cell().orElse(cell)).toList();
    CellType named = cells.isEmpty() || cells.contains(cell) ? cell : cells.get(0);
    named.requireOptions(
        "model",
        peephole && !cells.contains(CellType.LSTM),
        cells.contains(CellType.RNN) ? 1 : leak);
  }

  /** The defaults: an SRU of 2×64 that forecasts the next observation. */
  public static ModelSettings defaults() {
    return Settings.of(ModelSettings.class, Map.of());
  }

  /** One network of these settings. */
  public NetworkShape network(int inputs, int outputs) {
    List<LayerShape> stack = new ArrayList<>();
    int below = inputs;
    for (LayerSettings each : layers) {
      for (int i = 0; i < each.count(); i++) {
        LayerShape layer = each.shape(below, this);
        stack.add(layer);
        below = layer.units();
      }
    }
    return new NetworkShape(stack, outputs, 1);
  }

  /** How many layers lie one upon the other. */
  public int depth() {
    return depth(layers);
  }

  private static int depth(List<LayerSettings> layers) {
    return layers.stream().mapToInt(LayerSettings::count).sum();
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
        int season = Integer.parseInt(trimmed.substring("season:".length()));
        Require.that(
            season <= LONGEST_SEASON,
            "model.baseline",
            written,
            "of seasons up to " + LONGEST_SEASON);
        seasons.add(season);
      }
    }
    try {
      return Optional.of(new Head.Mean(last, seasons));
    } catch (IllegalArgumentException e) { // seasons that do not ascend
      throw new UserMistake("model." + e.getMessage());
    }
  }
}
