package dev.eddy.pipeline.announce;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.kafka.client.RecordDecoder;
import dev.eddy.connectors.kafka.client.TopicTail;
import dev.eddy.connectors.serde.avro.RecordFormats;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import dev.eddy.pipeline.deployment.Deployment;
import java.time.Duration;
import java.util.OptionalLong;

/** Finds how far a deployment's observations have come, for what is to happen from now on. */
public final class NewestObservation {
  private static final int OF_EACH_PARTITION = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private NewestObservation() {}

  /**
   * The newest event time among the last records of each partition, epoch milliseconds; empty if
   * there is no observation among them.
   */
  public static OptionalLong time(Deployment deployment) {
    ObservationJsonReader reader =
        RecordFormats.reader(
            deployment.observationSchema().within(PATIENCE), deployment.input().maxAhead());
    return TopicTail.of(
            deployment.kafka(), deployment.topics().observations(), OF_EACH_PARTITION, PATIENCE)
        .stream()
        .map(record -> RecordDecoder.decode(reader, record))
        .filter(Observation.class::isInstance)
        .mapToLong(decoded -> ((Observation) decoded).time())
        .max();
  }
}
