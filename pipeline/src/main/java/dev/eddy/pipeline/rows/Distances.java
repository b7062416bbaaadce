package dev.eddy.pipeline.rows;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.LongUnaryOperator;

/** Counts how far each row lies from the row before of its series: doubles, steps back and gaps. */
public final class Distances {
  private static final double USUAL = 0.9;
  private static final double NEARLY = 0.01; // of a distance
  private static final long[] UNITS = {86_400_000, 3_600_000, 60_000, 1000}; // milliseconds

  private final Map<Long, long[]> counts = new HashMap<>(); // by distance in milliseconds

  /** Adds a row so many milliseconds behind the row before. */
  public void add(long distance) {
    counts.computeIfAbsent(distance, unknown -> new long[1])[0]++;
  }

  /**
   * The distance of nine in ten rows that go forward, if there is one, or one that is nearly it.
   */
  public Optional<Duration> usual() {
    return usual(LongUnaryOperator.identity()).or(this::nearlyUsual);
  }

  /** Of times that were rounded, or jitter: the whole unit that nine in ten distances lie about. */
  private Optional<Duration> nearlyUsual() {
    long middle = middle();
    if (middle > (1 + NEARLY) * UNITS[0]) {
      return Optional.empty(); // months and years only seem to jitter
    }
    for (long unit : UNITS) {
      long whole = Math.round((double) middle / unit) * unit;
      if (whole > 0 && Math.abs(middle - whole) <= NEARLY * whole) {
        return usual(distance -> Math.abs(distance - whole) <= NEARLY * whole ? whole : distance)
            .filter(Duration.ofMillis(whole)::equals);
      }
    }
    return Optional.empty();
  }

  /** The distance in the middle of those that go forward; 0 where none does. */
  private long middle() {
    long left = count(distance -> distance > 0) / 2;
    for (Map.Entry<Long, long[]> each : new TreeMap<>(counts).tailMap(1L).entrySet()) {
      left -= each.getValue()[0];
      if (left <= 0) {
        return each.getKey();
      }
    }
    return 0;
  }

  /**
   * The same of distances that are taken for others.
   *
   * @param rounded what a distance counts as
   */
  public Optional<Duration> usual(LongUnaryOperator rounded) {
    Map<Long, Long> forward = new HashMap<>();
    counts.forEach(
        (distance, count) -> {
          if (distance > 0) {
            forward.merge(rounded.applyAsLong(distance), count[0], Long::sum);
          }
        });
    long total = forward.values().stream().mapToLong(Long::longValue).sum();
    return forward.entrySet().stream()
        .filter(each -> each.getValue() >= USUAL * total)
        .map(each -> Duration.ofMillis(each.getKey()))
        .findFirst();
  }

  /** The distance that most rows that go forward have; 0 where none does. */
  public long mostFrequent() {
    long best = 0;
    long most = 0;
    for (Map.Entry<Long, long[]> each : counts.entrySet()) {
      if (each.getKey() > 0 && each.getValue()[0] > most) {
        most = each.getValue()[0];
        best = each.getKey();
      }
    }
    return best;
  }

  /** Rows at the time of the row before. */
  public long doubles() {
    return of(0);
  }

  /** Rows before the row before. */
  public long back() {
    return count(distance -> distance < 0);
  }

  /** Places where rows are missing. */
  public long gaps() {
    long step = step();
    return count(distance -> distance >= 2 * step);
  }

  /** Rows that are missing in all gaps. */
  public long missing() {
    long step = step();
    return counts.entrySet().stream()
        .filter(each -> each.getKey() >= 2 * step)
        .mapToLong(each -> each.getValue()[0] * (each.getKey() / step - 1))
        .sum();
  }

  private long step() {
    return usual().map(Duration::toMillis).orElse(Long.MAX_VALUE / 2);
  }

  /** Rows at this distance. */
  public long of(long distance) {
    long[] count = counts.get(distance);
    return count == null ? 0 : count[0];
  }

  /** Whether all distances back are this one. */
  public boolean goBackBy(long distance) {
    return counts.keySet().stream().allMatch(each -> each >= 0 || each == distance);
  }

  private long count(LongPredicate which) {
    return counts.entrySet().stream()
        .filter(each -> which.test(each.getKey()))
        .mapToLong(each -> each.getValue()[0])
        .sum();
  }
}
