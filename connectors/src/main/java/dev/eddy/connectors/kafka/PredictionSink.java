package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.serde.json.OutputSettings;

/** The sink of predictions: JSON values, keyed by the series key. */
public final class PredictionSink {
  private PredictionSink() {}

  /** A sink that writes everything, nested. */
  public static SinkBuilder<Prediction> builder() {
    return builder(OutputSettings.defaults());
  }

  /** A sink that writes what {@code output} says. */
  public static SinkBuilder<Prediction> builder(OutputSettings output) {
    return new SinkBuilder<>(
        "prediction sink",
        (client, topic) -> new PredictionSerializationSchema(client, topic, output, null));
  }

  /** A sink whose records also say who wrote them. */
  public static SinkBuilder<Prediction> builder(OutputSettings output, PredictionWriter writer) {
    return new SinkBuilder<>(
        "prediction sink",
        (client, topic) -> new PredictionSerializationSchema(client, topic, output, writer));
  }
}
