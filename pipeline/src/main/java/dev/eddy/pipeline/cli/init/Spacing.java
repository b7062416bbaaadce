package dev.eddy.pipeline.cli.init;

import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/** How evenly times lie: months, quarters and years are even, though their days differ. */
record Spacing(double evenness, long step, double later) {
  private static final long DAY = Duration.ofDays(1).toMillis();

  /**
   * Of times in any order.
   *
   * @param times epoch milliseconds; sorted by this
   */
  static Spacing of(long[] times) {
    int count = times.length;
    Arrays.sort(times);
    Map<Long, Long> distances = new HashMap<>();
    long gaps = 0;
    for (int i = 1; i < count; i++) {
      long distance = times[i] - times[i - 1];
      if (distance > 0) {
        distances.merge(even(distance), 1L, Long::sum);
        gaps++;
      }
    }
    if (gaps == 0) {
      return new Spacing(0, 0, 0);
    }
    Map.Entry<Long, Long> usual =
        Collections.max(distances.entrySet(), Map.Entry.comparingByValue());
    long now = System.currentTimeMillis();
    int future = count - lowerBound(times, count, now);
    return new Spacing((double) usual.getValue() / gaps, usual.getKey(), (double) future / count);
  }

  private static int lowerBound(long[] times, int count, long time) {
    int at = Arrays.binarySearch(times, 0, count, time);
    return at < 0 ? -at - 1 : at;
  }

  /** A distance of a whole month, quarter or year as that of a usual one. */
  static long even(long distance) {
    if (distance % DAY == 0) {
      long days = distance / DAY;
      if (days >= 28 && days <= 31) {
        return 30 * DAY;
      }
      if (days >= 89 && days <= 92) {
        return 91 * DAY;
      }
      return days == 366 ? 365 * DAY : distance;
    }
    return distance;
  }
}
