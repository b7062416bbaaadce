package dev.eddy.connectors.kafka.sink;

import org.apache.flink.api.java.tuple.Tuple2;

/** The sink of evaluations: keys and values as they are given. */
public final class EvaluationSink {
  private EvaluationSink() {}

  public static SinkBuilder<Tuple2<String, byte[]>> builder() {
    return new SinkBuilder<>("evaluation sink", EvaluationSerializationSchema::new);
  }
}
