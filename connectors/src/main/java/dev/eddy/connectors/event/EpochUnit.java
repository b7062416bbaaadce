package dev.eddy.connectors.event;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What a number that is a time counts since 1970. */
public enum EpochUnit {
  S(1_000, 1),
  MS(1, 1),
  US(1, 1_000),
  NS(1, 1_000_000);

  private final long times;
  private final long parts;

  EpochUnit(long times, long parts) {
    this.times = times;
    this.parts = parts;
  }

  /** A number of units in milliseconds, rounded down; as far away as a long goes for more. */
  public long millis(long units) {
    if (times > 1 && Math.abs((double) units) > 9.2e18 / times) {
      return units < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return Math.floorDiv(units * times, parts);
  }

  /** A number of units with a fraction in milliseconds, rounded down; likewise. */
  public long millis(BigDecimal units) {
    BigDecimal millis = units.multiply(BigDecimal.valueOf(times)).divide(BigDecimal.valueOf(parts));
    if (Math.abs(millis.doubleValue()) >= Long.MAX_VALUE) {
      return millis.signum() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    return millis.setScale(0, RoundingMode.FLOOR).longValue();
  }
}
