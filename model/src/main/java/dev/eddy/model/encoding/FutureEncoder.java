package dev.eddy.model.encoding;

import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.RawFuture;
import java.time.Duration;

/**
 * Encodes what is known of features ahead of time: for each such feature and each horizon within
 * reach the three inputs that the feature itself has ({@link NumericEncoder}): its value there
 * z-scored globally and by the key's own running mean and deviation, and whether it is missing;
 * both scores are then 0. Causal: a value enters once a record of the key has brought it. Confined
 * to one thread.
 */
final class FutureEncoder {
  private final NumericEncoder[] encoders; // [features known ahead]
  private final int[] features; // [features known ahead] places among the numeric features
  private final int[] horizons;
  private final FutureMemory memory;

  FutureEncoder(InputEncoding encoding, MemoryLayout layout, NumericEncoder[] numeric) {
    this.features = encoding.futureIndexes();
    this.encoders = new NumericEncoder[features.length];
    for (int i = 0; i < features.length; i++) {
      encoders[i] = numeric[features[i]];
    }
    this.horizons =
        encoding.future().stream()
            .flatMap(future -> future.horizons().stream())
            .mapToInt(Integer::intValue)
            .toArray();
    this.memory =
        new FutureMemory(
            layout,
            encoding.schema().numeric().size(), // a record may bring a static one ahead
            features,
            encoding.future().map(InputEncoding.Future::reach).orElse(0),
            encoding.interval().map(Duration::toMillis).orElse(0L));
  }

  static int inputs(InputEncoding.Future future) {
    return NumericEncoder.INPUTS * future.features().size() * future.horizons().size();
  }

  int inputs() {
    return NumericEncoder.INPUTS * features.length * horizons.length;
  }

  /** The period of the key's last observation; to hand to {@link #observe}. */
  long period(double[] statistics) {
    return memory.period(statistics);
  }

  /** Takes in an observation's future, after the common statistics have counted it. */
  void observe(long before, RawFuture future, double[] statistics, float[] keyMemory) {
    memory.move(before, statistics, keyMemory);
    memory.learn(future, statistics, keyMemory);
  }

  /** Takes in a future that came without an observation. */
  void tell(RawFuture future, double[] statistics, float[] keyMemory) {
    memory.learn(future, statistics, keyMemory);
  }

  /** A numeric feature's value now: as observed, else as it was known ahead, else not finite. */
  float now(int feature, float observed, float[] keyMemory) {
    return memory.now(feature, observed, keyMemory);
  }

  /** Encodes the future of the key observed last. */
  void encode(double[] statistics, float[] keyMemory, float[] inputs, int at) {
    int next = at;
    for (int i = 0; i < features.length; i++) {
      for (int horizon : horizons) {
        encoders[i].encodeKnown(
            memory.at(features[i], horizon, keyMemory), statistics, inputs, next);
        next += NumericEncoder.INPUTS;
      }
    }
  }
}
