package dev.eddy.connectors.file.row;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns what a wall clock shows into instants, in the order in which one file shows it. Where the
 * clock goes back, an hour comes twice: in the second pass, told by the key's rows going back too,
 * it is read with the later offset. A time that the clock jumped over never was.
 */
final class WallClock {
  private final ZoneId zone;
  private final ZoneRules rules;
  private final boolean fixed;
  private final Map<String, Steps> keys = new HashMap<>();
  private long secondPasses;

  /** A key's last row and how it came there. */
  private static final class Steps {
    long last = Long.MIN_VALUE;
    long step;
  }

  WallClock(ZoneId zone) {
    this.zone = zone;
    rules = zone.getRules();
    fixed = rules.isFixedOffset();
  }

  /** Epoch milliseconds of a day's first instant, which need not be midnight. */
  long millis(LocalDate date, String key) {
    return millis(date.atStartOfDay(zone).toLocalDateTime(), key);
  }

  /**
   * Epoch milliseconds.
   *
   * @param key whose row it is
   * @throws RowException if the clock never showed that time
   */
  long millis(LocalDateTime local, String key) {
    if (fixed) {
      return local.toInstant(rules.getOffset(Instant.EPOCH)).toEpochMilli();
    }
    List<ZoneOffset> offsets = rules.getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw neverWas(local);
    }
    Steps steps = keys.computeIfAbsent(key, unknown -> new Steps());
    long millis = local.toInstant(offsets.get(0)).toEpochMilli();
    if (offsets.size() > 1) {
      long second = local.toInstant(offsets.get(1)).toEpochMilli();
      if (isSecondPass(steps, millis, second)) {
        secondPasses++;
        millis = second;
      }
    }
    if (steps.last != Long.MIN_VALUE && millis != steps.last) {
      steps.step = millis - steps.last;
    }
    steps.last = millis;
    return millis;
  }

  private static boolean isSecondPass(Steps steps, long first, long second) {
    if (steps.last == Long.MIN_VALUE) {
      return false;
    }
    if (steps.step < 0) { // newest first: the second pass stands before the first one
      return second < steps.last;
    }
    // Rows an hour apart show the same time once more; others go back.
    boolean again = first == steps.last && steps.step >= second - first;
    return (first < steps.last || again) && second > steps.last;
  }

  private RowException neverWas(LocalDateTime local) {
    ZoneOffsetTransition jump = rules.getTransition(local);
    return new RowException(
        "time that never was",
        local
            + " (must be a time that was: in "
            + zone
            + " the clocks went from "
            + jump.getDateTimeBefore()
            + " to "
            + jump.getDateTimeAfter()
            + "; for a clock that stayed replay.time.zone is an offset such as "
            + jump.getOffsetBefore()
            + ")");
  }

  /** Rows read with the later of two offsets. */
  long secondPasses() {
    return secondPasses;
  }
}
