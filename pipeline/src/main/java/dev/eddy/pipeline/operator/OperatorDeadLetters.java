package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.serde.bytes.KafkaKeys;
import dev.eddy.connectors.serde.json.ObservationJsonWriter;
import java.time.Instant;

/**
 * Makes the dead letters of events that decoded well but could not be worked on. Their original
 * bytes are gone by then, so the value is encoded anew, which the detail says. Confined to one
 * thread.
 */
final class OperatorDeadLetters {
  private final String topic;
  private final KeyCoding coding;
  private final ObservationJsonWriter writer;

  OperatorDeadLetters(PredictSettings settings) {
    topic = settings.observationsTopic();
    coding = settings.schema().layout().keyCoding();
    writer = new ObservationJsonWriter(settings.schema());
  }

  /**
   * Of an event that is older than its key's last observation.
   *
   * @param partition where that came from; below 0 where it is not known
   */
  DeadLetter outOfOrder(KeyedEvent event, int partition) {
    boolean apart = partition >= 0 && partition != event.partition();
    return letter(
        Reasons.OUT_OF_ORDER,
        "time: "
            + Instant.ofEpochMilli(event.time())
            + " (must not be before the key's last observation"
            + (apart
                ? ", which came from partition "
                    + partition
                    + ", this from "
                    + event.partition()
                    + ": a key must be in one"
                : "")
            + ")",
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
        KafkaKeys.encodeAny(coding, event.key()),
        writer.write(event));
  }
}
