package dev.eddy.model.settings;

import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.util.Map;
import java.util.OptionalInt;

/** How the network is trained. */
@Block("training")
public record TrainingSettings(
    @Setting(about = "which part of the history trains, which validates, which tests") Split split,
    @Setting(
            about = "Adam updates at most",
            byDefault = "1500",
            unit = "updates",
            least = "1",
            most = "100000000")
        int updates,
    @Setting(
            about = "sequences of an update",
            byDefault = "32",
            unit = "sequences",
            least = "1",
            most = "65536")
        int batch,
    @Setting(
            about = "length of a sequence, and so how far back an error flows",
            byDefault = "192",
            unit = "observations",
            least = "2",
            most = "100000")
        int sequenceLength,
    @Setting(
            about =
                "first observations of a sequence that warm the hidden state and are masked from"
                    + " the loss, except at the true start of a series",
            byDefault = "24",
            unit = "observations",
            least = "0",
            most = "100000")
        int burnIn,
    @Setting(
            about = "Adam's first learning rate, which falls to 0 along a cosine",
            byDefault = "0.003",
            above = "0",
            most = "1e30")
        double learningRate,
    @Setting(
            about = "the share of units dropped between layers, one mask a sequence",
            byDefault = "0.2",
            least = "0",
            below = "1")
        double dropout,
    @Setting(
            about =
                "decoupled decay of the weight matrices at each update, times the learning rate",
            byDefault = "1",
            least = "0",
            most = "1000000")
        double weightDecay,
    @Setting(
            about =
                "the share that each update leaves of the average of the parameters, which is what"
                    + " is validated and published; 0 publishes those of the last update",
            byDefault = "0.99",
            least = "0",
            below = "1")
        double averaging,
    @Setting(
            about = "longest gradient of a layer, in L2 norm",
            byDefault = "1",
            above = "0",
            most = "1e9")
        double clip,
    @Setting(
            about =
                "updates between two looks at the validation part, at most: looks are closer while"
                    + " few updates are made, because a short history is soon learned",
            byDefault = "50",
            unit = "updates",
            least = "1",
            most = "100000000")
        int validateEvery,
    @Setting(
            about =
                "how many times `validate-every` updates may bring no improvement on the"
                    + " validation part before training stops",
            byDefault = "10",
            least = "1",
            most = "100000000")
        int patience,
    @Setting(
            about =
                "whether the published network is trained once more, on training plus validation",
            byDefault = "true")
        boolean refit,
    @Setting(
            about = "of the first weights, the sequences drawn, dropout and a split by fraction",
            byDefault = "1",
            least = "-9223372036854775808",
            most = "9223372036854775807")
        long seed,
    @Setting(
            about =
                "how many networks are trained, from `seed`, `seed + 1` and so on; the version"
                    + " serves the mean of their outputs, at the cost of as many steps",
            byDefault = "1",
            unit = "networks",
            least = "1",
            most = "1000")
        int seeds,
    @Setting(
            about =
                "a season whose naive forecasts the model is judged beside, and by which MASE is"
                    + " scaled; `auto` is the target's shortest",
            byDefault = "auto",
            unit = "observations or intervals",
            least = "1",
            most = "1000000")
        OptionalInt naiveSeason,
    @Setting(
            about =
                "threads of native code; more than 1 pays only on idle processors, and costs much"
                    + " on busy ones",
            byDefault = "1",
            unit = "threads",
            least = "1",
            most = "1024")
        int threads) {

  public TrainingSettings {
    Settings.check(
        TrainingSettings.class,
        split,
        updates,
        batch,
        sequenceLength,
        burnIn,
        learningRate,
        dropout,
        weightDecay,
        averaging,
        clip,
        validateEvery,
        patience,
        refit,
        seed,
        seeds,
        naiveSeason,
        threads);
    Require.that(
        burnIn < sequenceLength,
        "training.burn-in",
        burnIn,
        "less than sequence-length, " + sequenceLength);
  }

  /** The defaults, with a split, which has none. */
  public static TrainingSettings of(Split split) {
    return Settings.of(TrainingSettings.class, Map.of("split", split));
  }

  /** The same for a history that lacks its test part. */
  public TrainingSettings withoutTest() {
    return Settings.with(this, Map.of("split", split.withoutTest()));
  }

  /** The same for one network, which begins from another seed. */
  public TrainingSettings withSeed(long other) {
    return Settings.with(this, Map.of("seed", other));
  }
}
