package dev.eddy.pipeline.deployment;

import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/** Which features are known ahead of time. */
@Block(value = "input.future", inShort = "features")
public record FutureSettings(
    @Setting(
            about =
                "some of `input.features`, no target; their values to come are brought by a"
                    + " record's `future` field")
        List<String> features,
    @Setting(
            about =
                "how far ahead values are of use, each a number in the state of every key; `auto`"
                    + " is the greatest horizon",
            byDefault = "auto",
            unit = "observations or intervals",
            least = "1",
            most = "5000")
        OptionalInt reach) {

  public FutureSettings {
    features = List.copyOf(features);
    Settings.check(FutureSettings.class, features, reach);
    Require.that(!features.isEmpty(), "input.future.features", "none", "one or more");
    Require.that(
        new HashSet<>(features).size() == features.size(),
        "input.future.features",
        features,
        "named once each");
  }

  /** The same, reaching this far unless it says how far. */
  FutureSettings reaching(int greatestHorizon) {
    return reach.isPresent() ? this : new FutureSettings(features, OptionalInt.of(greatestHorizon));
  }
}
