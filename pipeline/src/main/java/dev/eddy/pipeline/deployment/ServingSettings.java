package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.kafka.Delivery;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.pipeline.operator.PredictSettings;
import dev.eddy.pipeline.version.SwapPolicy;
import dev.eddy.pipeline.version.VersionSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * How observations are turned into predictions; the YAML's {@code serving:} block.
 *
 * @param maxBatch observations that are stepped together at most; default 256
 * @param linger how long an observation waits for others to be stepped with, in processing time;
 *     default 5 ms
 * @param delivery {@code exactly-once} or {@code at-least-once}; default exactly-once
 * @param engine {@code auto}, {@code simd} or {@code nd4j}; default auto, chosen once at submission
 * @param swap how hidden state moves over to a new version, written into the announcement of every
 *     version that this deployment trains: {@code carry} or {@code reset}; default carry
 * @param forgetAfter a gap in a key's own event time as long as this starts the key afresh; default
 *     never
 * @param activationLead how far beyond the newest observation a newly announced version starts to
 *     serve, in event time, so that the announcement arrives before it is needed; default 0
 */
public record ServingSettings(
    int maxBatch,
    Duration linger,
    Delivery delivery,
    EngineKind engine,
    SwapPolicy swap,
    Optional<Duration> forgetAfter,
    Duration activationLead) {

  public static final int DEFAULT_MAX_BATCH = 256;
  public static final Duration DEFAULT_LINGER = Duration.ofMillis(5);

  public ServingSettings {
    if (maxBatch < 1) {
      throw new IllegalArgumentException("serving.max-batch: " + maxBatch + " (must be 1 or more)");
    }
    if (linger.compareTo(Duration.ofMillis(1)) < 0) {
      throw new IllegalArgumentException("serving.linger: " + linger + " (must be 1 ms or more)");
    }
    if (forgetAfter.isPresent() && forgetAfter.get().toMillis() < 1) {
      throw new IllegalArgumentException(
          "serving.forget-after: " + forgetAfter.get() + " (must be 1 ms or more)");
    }
    if (activationLead.isNegative()) {
      throw new IllegalArgumentException(
          "serving.activation-lead: " + activationLead + " (must be 0 or more)");
    }
  }

  /**
   * What the operator is told of them.
   *
   * @param versions which model serves, and how it steps
   * @param observationsTopic where observations come from
   */
  public PredictSettings operator(VersionSettings versions, String observationsTopic) {
    return new PredictSettings(
        versions,
        observationsTopic,
        maxBatch,
        linger.toMillis(),
        forgetAfter.map(Duration::toMillis).orElse(Long.MAX_VALUE));
  }

  /** Every setting at its default. */
  public static ServingSettings defaults() {
    return new ServingSettings(
        DEFAULT_MAX_BATCH,
        DEFAULT_LINGER,
        Delivery.EXACTLY_ONCE,
        EngineKind.AUTO,
        SwapPolicy.CARRY,
        Optional.empty(),
        Duration.ZERO);
  }
}
