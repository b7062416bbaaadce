package dev.eddy.model.encoding;

import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.RawFuture;
import java.time.Duration;

/**
 * Encodes what was told of a key's future: for each future feature and each horizon within reach
 * the three inputs that the feature itself has ({@link NumericEncoder}): the value told z-scored
 * globally and by the key's own running mean and deviation, and whether it is missing; both scores
 * are then 0. Causal: a value enters once a record of the key has told it. Confined to one thread.
 */
final class FutureEncoder {
  private final NumericEncoder[] encoders; // [future features]
  private final int[] features; // [future features] places among the numeric features
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
            encoding.schema().numeric().size(), // a record may tell a static one
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
  void observe(long before, RawFuture future, KeyMemory key) {
    memory.move(before, key);
    memory.tell(future, key);
  }

  /** Takes in a future that came without an observation. */
  void tell(RawFuture future, KeyMemory key) {
    memory.tell(future, key);
  }

  /** A numeric feature's value now: as observed, else as it was told, else not finite. */
  double now(int feature, double observed, KeyMemory key) {
    return memory.now(feature, observed, key.values());
  }

  /** Encodes the future of the key observed last. */
  void encode(KeyMemory key, float[] inputs, int at) {
    int next = at;
    for (int i = 0; i < features.length; i++) {
      for (int horizon : horizons) {
        double told = memory.at(features[i], horizon, key.values());
        encoders[i].encodeTold(told, key.statistics(), inputs, next);
        next += NumericEncoder.INPUTS;
      }
    }
  }
}
