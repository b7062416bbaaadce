package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.kafka.sink.Delivery;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.pipeline.operator.PredictSettings;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.pipeline.version.VersionSettings;
import dev.eddy.settings.Block;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How observations are turned into predictions. */
@Block("serving")
public record ServingSettings(
    @Setting(
            about = "observations that are stepped together at most",
            byDefault = "256",
            unit = "observations",
            least = "1",
            most = "100000")
        int maxBatch,
    @Setting(
            about = "how long an observation waits for others to be stepped with",
            byDefault = "5 ms",
            least = "1 ms",
            most = "1 h")
        Duration linger,
    @Setting(
            about =
                "`exactly-once` predictions are visible at the next checkpoint; `at-least-once`"
                    + " within milliseconds, but some may repeat after a failure",
            byDefault = "exactly-once")
        Delivery delivery,
    @Setting(
            about =
                "what steps the network; `auto` is `nd4j` for large models on a GPU, else `simd`;"
                    + " in a JVM without the vector module `simd` is `plain`, slower, with the same"
                    + " results bit for bit",
            byDefault = "auto")
        EngineKind engine,
    @Setting(
            about =
                "what becomes of a key's hidden state at a new version: `rewarm` leads the key"
                    + " through its recent inputs anew, `carry` keeps it as it is, `reset` empties"
                    + " it; written into the announcement of every version that this deployment"
                    + " trains",
            byDefault = "rewarm")
        SwapPolicy swap,
    @Setting(
            about =
                "how many of a key's last observations are kept at least, and at most twice as"
                    + " many, to lead it through anew; kept with `swap: rewarm` alone",
            byDefault = "64",
            unit = "observations",
            least = "1",
            most = "10000")
        int rewarmSteps,
    @Setting(
            about = "a gap in a key's own event time as long as this starts the key afresh",
            byDefault = "none",
            least = "1 ms",
            most = "365000 d")
        Optional<Duration> forgetAfter,
    @Setting(
            about =
                "how far beyond the newest observation a newly announced version starts to serve,"
                    + " in event time, so that the announcement arrives before it is needed",
            byDefault = "0 ms",
            least = "0 ms",
            most = "365000 d")
        Duration activationLead,
    @Setting(
            about =
                "other stores that versions may be read from where an announcement names one; of"
                    + " any other, the deployment's own `store` is read in its place",
            byDefault = "[]")
        List<String> stores) {

  public ServingSettings {
    Settings.check(
        ServingSettings.class,
        maxBatch,
        linger,
        delivery,
        engine,
        swap,
        rewarmSteps,
        forgetAfter,
        activationLead,
        stores);
    stores = List.copyOf(stores);
  }

  /**
   * What the operator is told of them.
   *
   * @param versions which model serves, and how it steps
   * @param observationsTopic where observations come from
   * @param maxAhead how far ahead of its record's Kafka timestamp an observation may be
   */
  public PredictSettings operator(
      VersionSettings versions, String observationsTopic, Duration maxAhead) {
    return new PredictSettings(
        versions,
        observationsTopic,
        maxBatch,
        linger.toMillis(),
        forgetAfter.map(Duration::toMillis).orElse(Long.MAX_VALUE),
        maxAhead.toMillis(),
        keptSteps());
  }

  /** How many of a key's last observations are kept at least; 0: none are. */
  public int keptSteps() {
    return swap == SwapPolicy.REWARM ? rewarmSteps : 0;
  }

  /** Every setting at its default. */
  public static ServingSettings defaults() {
    return Settings.of(ServingSettings.class, Map.of());
  }
}
