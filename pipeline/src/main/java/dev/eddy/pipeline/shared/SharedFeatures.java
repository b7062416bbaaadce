package dev.eddy.pipeline.shared;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordFormat;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Which features of a deployment another topic brings, and how they are joined.
 *
 * @param topic the shared topic
 * @param records the schema of its records
 * @param observations that of the observations
 * @param maxAhead how far a shared record may lie ahead of its Kafka timestamp
 * @param maxAge how old a value may be that an observation sees; zero for any age
 * @param await how long by the clock an observation waits for values of its time
 * @param keep how much event time is kept behind the observations
 */
public record SharedFeatures(
    String topic,
    ObservationSchema records,
    ObservationSchema observations,
    Duration maxAhead,
    Duration maxAge,
    Duration await,
    Duration keep)
    implements Serializable {

  /** The same, the shared records written in another format. */
  public SharedFeatures in(RecordFormat format) {
    ObservationSchema written =
        new ObservationSchema(
            records.numeric(),
            records.categorical(),
            records.label(),
            records.future(),
            records.layout().in(format));
    return new SharedFeatures(topic, written, observations, maxAhead, maxAge, await, keep);
  }

  /** Their names, in the order of the shared records. */
  public List<String> names() {
    return records.numeric();
  }

  /** [shared features] place of each among the numeric ones of an observation. */
  int[] places() {
    return names().stream().mapToInt(observations.numeric()::indexOf).toArray();
  }

  /** Whether a feature is told ahead of its time. */
  boolean isAhead(String name) {
    return records.future().features().contains(name);
  }

  long intervalMillis() {
    return records.future().intervalMillis();
  }

  /** How far behind an observation's time its period's own value may lie, and how far ahead. */
  long reachMillis() {
    return (records.future().reach() + 1L) * intervalMillis();
  }
}
