package dev.eddy.model.encoding;

import dev.eddy.model.spec.CalendarPart;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;

/**
 * Encodes the event time's calendar parts as sine and cosine. The hour enters to the minute, day of
 * week and day of year to the day. Sines come from tables made with {@link StrictMath}; the zone's
 * offset is looked up once for each stretch between two clock changes. Confined to one thread.
 */
final class CalendarEncoder {
  static final int INPUTS = 2;

  private static final int MINUTES_OF_DAY = 1440;
  private static final int DAYS_OF_WEEK = 7;
  private static final int DAYS_OF_YEAR = 366;
  private static final long MILLIS_OF_DAY = 86_400_000L;
  private static final long MILLIS_OF_MINUTE = 60_000L;

  private final CalendarPart[] parts;
  private final float[][] tables; // [parts] of [positions, 2]
  private final ZoneRules rules;
  private long offset; // ms, valid within [offsetFrom, offsetUntil)
  private long offsetFrom;
  private long offsetUntil;

  CalendarEncoder(List<CalendarPart> parts, ZoneId zone) {
    this.parts = parts.toArray(CalendarPart[]::new);
    this.tables = new float[this.parts.length][];
    for (int part = 0; part < tables.length; part++) {
      tables[part] = table(positions(this.parts[part]));
    }
    this.rules = zone.getRules();
    if (rules.isFixedOffset()) {
      offset = millis(rules.getOffset(Instant.EPOCH));
      offsetFrom = Long.MIN_VALUE;
      offsetUntil = Long.MAX_VALUE;
    }
  }

  /** Encodes an event time; returns the place behind the inputs. */
  int encode(long time, float[] inputs, int at) {
    if (parts.length == 0) {
      return at;
    }
    if (time < offsetFrom || time >= offsetUntil) {
      findOffset(time);
    }
    long local = time + offset;
    long day = Math.floorDiv(local, MILLIS_OF_DAY);
    for (int part = 0; part < parts.length; part++) {
      int position = position(parts[part], local, day);
      inputs[at + INPUTS * part] = tables[part][2 * position];
      inputs[at + INPUTS * part + 1] = tables[part][2 * position + 1];
    }
    return at + INPUTS * parts.length;
  }

  private void findOffset(long time) {
    Instant instant = Instant.ofEpochMilli(time);
    offset = millis(rules.getOffset(instant));
    ZoneOffsetTransition before = rules.previousTransition(instant.plusMillis(1));
    ZoneOffsetTransition after = rules.nextTransition(instant);
    offsetFrom = before == null ? Long.MIN_VALUE : before.toEpochSecond() * 1000;
    offsetUntil = after == null ? Long.MAX_VALUE : after.toEpochSecond() * 1000;
  }

  private static int position(CalendarPart part, long local, long day) {
    return switch (part) {
      case HOUR_OF_DAY -> (int) ((local - day * MILLIS_OF_DAY) / MILLIS_OF_MINUTE);
      case DAY_OF_WEEK -> Math.floorMod(day + 3, DAYS_OF_WEEK); // 1970-01-01 was a Thursday
      case DAY_OF_YEAR -> dayOfYear(day);
    };
  }

  private static int positions(CalendarPart part) {
    return switch (part) {
      case HOUR_OF_DAY -> MINUTES_OF_DAY;
      case DAY_OF_WEEK -> DAYS_OF_WEEK;
      case DAY_OF_YEAR -> DAYS_OF_YEAR;
    };
  }

  /** Days since 1 January of the Gregorian year that holds {@code epochDay}. */
  static int dayOfYear(long epochDay) {
    // Count from 0000-03-01, so that the leap day comes last; eras of 400 years are alike.
    int dayOfEra = Math.floorMod(epochDay + 719_468, 146_097);
    int yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int sinceMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    if (sinceMarch >= 306) {
      return sinceMarch - 306;
    }
    boolean leap = yearOfEra % 4 == 0 && (yearOfEra % 100 != 0 || yearOfEra == 0);
    return sinceMarch + (leap ? 60 : 59);
  }

  private static float[] table(int positions) {
    float[] table = new float[2 * positions];
    for (int position = 0; position < positions; position++) {
      double angle = 2 * StrictMath.PI * position / positions;
      table[2 * position] = (float) StrictMath.sin(angle);
      table[2 * position + 1] = (float) StrictMath.cos(angle);
    }
    return table;
  }

  private static long millis(ZoneOffset zoneOffset) {
    return zoneOffset.getTotalSeconds() * 1000L;
  }
}
