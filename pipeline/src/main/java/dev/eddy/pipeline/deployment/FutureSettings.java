package dev.eddy.pipeline.deployment;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which features are known ahead of time; the YAML's {@code input.future:} block, or in short a
 * list of the features.
 *
 * @param features some of {@code input.features}, no target; their values to come are brought by a
 *     record's {@code future} field
 * @param reach how many intervals (or observations) ahead values are of use, 1 to 5000; default the
 *     greatest horizon
 */
public record FutureSettings(List<String> features, OptionalInt reach) {
  private static final int MOST = 5_000; // each is a number in the state of every key

  public FutureSettings {
    features = List.copyOf(features);
    if (features.isEmpty()) {
      throw new IllegalArgumentException("features: none (must be one or more)");
    }
    if (new HashSet<>(features).size() < features.size()) {
      throw new IllegalArgumentException("features: " + features + " (must name each once)");
    }
    if (reach.isPresent() && (reach.getAsInt() < 1 || reach.getAsInt() > MOST)) {
      throw new IllegalArgumentException(
          "reach: " + reach.getAsInt() + " (must be 1 to " + MOST + ")");
    }
  }

  /** Features known as far ahead as the model forecasts. */
  public static FutureSettings of(List<String> features) {
    return new FutureSettings(features, OptionalInt.empty());
  }

  /** The same, reaching this far unless it says how far. */
  FutureSettings reaching(int greatestHorizon) {
    return reach.isPresent() ? this : new FutureSettings(features, OptionalInt.of(greatestHorizon));
  }
}
