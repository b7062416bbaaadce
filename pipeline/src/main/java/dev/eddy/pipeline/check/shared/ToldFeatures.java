package dev.eddy.pipeline.check.shared;

import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import java.util.List;
import java.util.stream.IntStream;

/** Remembers which shared features any record tells of. */
final class ToldFeatures {
  private final ObservationSchema schema;
  private final boolean[] told; // [shared features]
  private long newest = Long.MIN_VALUE;

  ToldFeatures(ObservationSchema schema) {
    this.schema = schema;
    told = new boolean[schema.numeric().size()];
  }

  void add(KeyedEvent event) {
    newest = Math.max(newest, event.time());
    if (event instanceof Observation observation) {
      for (int i = 0; i < told.length; i++) {
        told[i] |= !Double.isNaN(observation.numeric()[i]);
      }
    }
    for (int feature : event.future().features()) {
      told[feature] = true;
    }
  }

  /** Those that none tells of. */
  List<String> never() {
    return IntStream.range(0, told.length)
        .filter(i -> !told[i])
        .mapToObj(schema.numeric()::get)
        .toList();
  }

  /** The newest time, epoch milliseconds. */
  long newest() {
    return newest;
  }
}
