package dev.eddy.connectors.kafka.sink;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.kafka.start.PredictionWriter;
import dev.eddy.connectors.serde.avro.PredictionFormat;
import dev.eddy.connectors.serde.json.OutputSettings;

/** The sink of predictions, keyed by the series key. */
public final class PredictionSink {
  private PredictionSink() {}

  /** A sink that writes everything, nested, in JSON. */
  public static SinkBuilder<Prediction> builder() {
    PredictionFormat format = PredictionFormat.json(OutputSettings.defaults());
    return new SinkBuilder<>(
        "prediction sink",
        (client, topic) -> new PredictionSerializationSchema(client, topic, format, null));
  }

  /** A sink whose records also say who wrote them. */
  public static SinkBuilder<Prediction> builder(PredictionFormat format, PredictionWriter writer) {
    return new SinkBuilder<>(
        "prediction sink",
        (client, topic) -> new PredictionSerializationSchema(client, topic, format, writer));
  }
}
