package dev.eddy.connectors.kafka.sink;

import dev.eddy.connectors.event.DeadLetter;

/** The sink of dead letters: original bytes, and why and whence in the headers. */
public final class DeadLetterSink {
  private DeadLetterSink() {}

  public static SinkBuilder<DeadLetter> builder() {
    return new SinkBuilder<>("dead-letter sink", DeadLetterSerializationSchema::new);
  }
}
