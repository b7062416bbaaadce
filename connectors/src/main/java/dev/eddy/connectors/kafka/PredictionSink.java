package dev.eddy.connectors.kafka;

import dev.eddy.connectors.event.Prediction;

/** The sink of predictions: JSON values, keyed by the series key. */
public final class PredictionSink {
  private PredictionSink() {}

  public static SinkBuilder<Prediction> builder() {
    return new SinkBuilder<>("prediction sink", PredictionSerializationSchema::new);
  }
}
