package dev.eddy.model.encoding;

import dev.eddy.model.spec.RawFuture;
import java.util.Arrays;

/**
 * What is known of a key's features at the current period and at those to come: for each feature
 * known ahead a ring of reach + 1 values, addressed by period like those of {@link TargetMemory}:
 * the count of observations, or with an interval the distance in intervals from the key's first
 * observation. A period that has passed leaves its slot to the one that comes into reach. All state
 * is in the caller's arrays, laid out by {@link MemoryLayout}, but for the phase of the key
 * observed last, which spares divisions. Allocates nothing per call.
 */
final class FutureMemory {
  private static final int NOT_AHEAD = -1;

  private final int slots; // reach + 1; 0 where nothing is known ahead
  private final int[] rings; // [numeric features, static ones too] offsets into memory
  private final long interval; // ms; 0: periods count observations
  private int phase; // of the current period, for the key observed last

  /**
   * The rings of {@code layout}.
   *
   * @param numeric how many features a future may name, static ones too
   * @param ahead [features known ahead] places among the numeric features
   * @param intervalMillis distance of regular observations; 0 where periods count observations
   */
  FutureMemory(MemoryLayout layout, int numeric, int[] ahead, int reach, long intervalMillis) {
    this.slots = ahead.length == 0 ? 0 : reach + 1;
    this.interval = intervalMillis;
    this.rings = new int[numeric];
    Arrays.fill(rings, NOT_AHEAD);
    for (int i = 0; i < ahead.length; i++) {
      rings[ahead[i]] = layout.future(i);
    }
  }

  /** The period of the key's last observation, as the common statistics tell. */
  long period(double[] statistics) {
    return interval > 0
        ? Periods.nearest(
            (long) statistics[MemoryLayout.LAST_TIME] - (long) statistics[MemoryLayout.FIRST_TIME],
            interval)
        : (long) statistics[MemoryLayout.OBSERVATIONS] - 1;
  }

  /**
   * Goes on to the observation that the common statistics have just counted.
   *
   * @param before the {@link #period} until then
   */
  void move(long before, double[] statistics, float[] memory) {
    if (slots == 0) {
      return;
    }
    long now = period(statistics);
    for (long period = Math.max(before, now - slots); period < now; period++) {
      for (int ring : rings) {
        if (ring != NOT_AHEAD) {
          memory[ring + Math.floorMod(period, slots)] = Float.NaN;
        }
      }
    }
    phase = Math.floorMod(now, slots);
  }

  /** Takes in what is known of the future; what lies behind or beyond the reach is ignored. */
  void learn(RawFuture future, double[] statistics, float[] memory) {
    if (slots == 0 || future.size() == 0) {
      return;
    }
    long now = period(statistics);
    for (int i = 0; i < future.size(); i++) {
      int ring = rings[future.features()[i]];
      long ahead = ahead(future.when()[i], now, statistics);
      if (ring != NOT_AHEAD && ahead >= 0 && ahead < slots) {
        float value = future.values()[i];
        memory[ring + Math.floorMod(now + ahead, slots)] =
            Float.isFinite(value) ? value : Float.NaN;
      }
    }
  }

  private long ahead(long when, long now, double[] statistics) {
    return interval > 0
        ? Periods.nearest(when - (long) statistics[MemoryLayout.FIRST_TIME], interval) - now
        : when;
  }

  /**
   * A feature's value at the current period: as observed, else as it was known.
   *
   * @param observed not finite where missing
   */
  float now(int feature, float observed, float[] memory) {
    int ring = rings[feature];
    if (ring == NOT_AHEAD) {
      return observed;
    }
    if (Float.isFinite(observed)) {
      memory[ring + phase] = observed;
    }
    return memory[ring + phase];
  }

  /** What is known of a feature known ahead, of the key observed last; NaN where nothing is. */
  float at(int feature, int ahead, float[] memory) {
    int slot = phase + ahead;
    return memory[rings[feature] + (slot < slots ? slot : slot - slots)];
  }
}
