package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.serde.json.ObservationJsonWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Makes the dead letters of events that decoded well but could not be worked on. Their original
 * bytes are gone by then, so the value is encoded anew, which the detail says. Confined to one
 * thread.
 */
final class OperatorDeadLetters {
  private final String topic;
  private final ObservationJsonWriter writer;

  OperatorDeadLetters(PredictSettings settings) {
    topic = settings.observationsTopic();
    writer = new ObservationJsonWriter(settings.schema());
  }

  DeadLetter outOfOrder(KeyedEvent event) {
    return letter(
        Reasons.OUT_OF_ORDER,
        "time: "
            + Instant.ofEpochMilli(event.time())
            + " (must not be before the key's last observation)",
        event);
  }

  DeadLetter noObservation(KeyedEvent futureUpdate) {
    return letter(
        Reasons.NO_OBSERVATION,
        "future: of a key without an observation (must come with or after the key's first one, and"
            + " not forget-after its last)",
        futureUpdate);
  }

  DeadLetter notFinite(Observation observation) {
    return letter(
        Reasons.NOT_FINITE, "prediction: not finite (the key's state is as before)", observation);
  }

  private DeadLetter letter(String reason, String detail, KeyedEvent event) {
    return new DeadLetter(
        reason,
        detail + "; value encoded anew",
        topic,
        event.partition(),
        event.offset(),
        event.key().getBytes(StandardCharsets.UTF_8),
        writer.write(event));
  }
}
