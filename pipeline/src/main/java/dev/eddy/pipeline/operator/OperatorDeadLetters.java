package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.serde.ObservationJsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Dead letters of observations that decoded well but could not be stepped. Their original bytes are
 * gone by then, so the value is encoded anew, which the detail says. Confined to one thread.
 */
final class OperatorDeadLetters {
  private final String topic;
  private final ObservationJsonWriter writer;

  OperatorDeadLetters(PredictSettings settings) {
    topic = settings.observationsTopic();
    writer = new ObservationJsonWriter(settings.schema());
  }

  DeadLetter outOfOrder(Observation observation) {
    return letter(
        Reasons.OUT_OF_ORDER,
        "time: "
            + Instant.ofEpochMilli(observation.time())
            + " (must not be before the key's last observation)",
        observation);
  }

  DeadLetter notFinite(Observation observation) {
    return letter(
        Reasons.NOT_FINITE, "prediction: not finite (the key's state is as before)", observation);
  }

  private DeadLetter letter(String reason, String detail, Observation observation) {
    return new DeadLetter(
        reason,
        detail + "; value encoded anew",
        topic,
        observation.partition(),
        observation.offset(),
        observation.key().getBytes(StandardCharsets.UTF_8),
        writer.write(observation));
  }
}
