package dev.eddy.model.encoding;

import dev.eddy.model.spec.RawFuture;
import java.util.Arrays;

/**
 * Keeps what was told of a key's future features at the current period and at those to come: for
 * each of them a ring of reach + 1 values, addressed by period like those of {@link TargetMemory}:
 * the count of observations, or with an interval the distance in intervals from the key's first
 * observation. A period that has passed leaves its place to the one that comes into reach. All
 * state is in the caller's {@link KeyMemory}, but for the phase of the key observed last, which
 * spares divisions. Allocates nothing per call.
 */
final class FutureMemory {
  private static final int NO_FUTURE = -1;

  private final int length; // of a ring, reach + 1; 0 where no feature has a future
  private final int[] rings; // [numeric features, static ones too] offsets into values
  private final long interval; // ms; 0: periods count observations
  private int phase; // of the current period, for the key observed last

  /**
   * The rings of {@code layout}.
   *
   * @param numeric how many features a future may name, static ones too
   * @param features [future features] places among the numeric features
   * @param intervalMillis distance of regular observations; 0 where periods count observations
   */
  FutureMemory(MemoryLayout layout, int numeric, int[] features, int reach, long intervalMillis) {
    this.length = features.length == 0 ? 0 : reach + 1;
    this.interval = intervalMillis;
    this.rings = new int[numeric];
    Arrays.fill(rings, NO_FUTURE);
    for (int i = 0; i < features.length; i++) {
      rings[features[i]] = layout.future(i);
    }
  }

  /** The period of the key's last observation. */
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
  void move(long before, KeyMemory memory) {
    if (length == 0) {
      return;
    }
    long now = period(memory.statistics());
    for (long period = Math.max(before, now - length); period < now; period++) {
      for (int ring : rings) {
        if (ring != NO_FUTURE) {
          memory.values()[ring + Math.floorMod(period, length)] = Double.NaN;
        }
      }
    }
    phase = Math.floorMod(now, length);
  }

  /** Takes in what a record tells; what lies behind or beyond the reach is ignored. */
  void tell(RawFuture told, KeyMemory memory) {
    if (length == 0 || told.size() == 0) {
      return;
    }
    long now = period(memory.statistics());
    for (int i = 0; i < told.size(); i++) {
      int ring = rings[told.features()[i]];
      long distance = distance(told.when()[i], now, memory.statistics());
      if (ring != NO_FUTURE && distance >= 0 && distance < length) {
        double value = told.values()[i];
        memory.values()[ring + Math.floorMod(now + distance, length)] =
            Double.isFinite(value) ? value : Double.NaN;
      }
    }
  }

  private long distance(long when, long now, double[] statistics) {
    return interval > 0
        ? Periods.nearest(when - (long) statistics[MemoryLayout.FIRST_TIME], interval) - now
        : when;
  }

  /**
   * A feature's value at the current period: as observed, else as it was told.
   *
   * @param observed not finite where missing
   */
  double now(int feature, double observed, double[] values) {
    int ring = rings[feature];
    if (ring == NO_FUTURE) {
      return observed;
    }
    if (Double.isFinite(observed)) {
      values[ring + phase] = observed;
    }
    return values[ring + phase];
  }

  /** What was told of a future feature, of the key observed last; NaN where nothing was. */
  double at(int feature, int horizon, double[] values) {
    int place = phase + horizon;
    return values[rings[feature] + (place < length ? place : place - length)];
  }
}
