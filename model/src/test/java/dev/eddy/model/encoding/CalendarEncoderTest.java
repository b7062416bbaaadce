package dev.eddy.model.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.spec.CalendarPart;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalendarEncoderTest {
  @ParameterizedTest
  @ValueSource(strings = {"UTC", "+05:30", "Europe/Berlin", "America/New_York", "Asia/Shanghai"})
  void reads_the_clock_of_its_zone(String zone) {
    CalendarEncoder encoder = new CalendarEncoder(List.of(CalendarPart.values()), ZoneId.of(zone));
    Random random = new Random(7);
    float[] inputs = new float[6];
    for (int draw = 0; draw < 2000; draw++) {
      Instant instant = Instant.ofEpochSecond(random.nextInt(2_100_000_000) - 500_000_000L);
      ZonedDateTime local = instant.atZone(ZoneId.of(zone));

      encoder.encode(instant.toEpochMilli(), inputs, 0);

      expectTurn(inputs, 0, (local.getHour() * 60 + local.getMinute()) / 1440.0);
      expectTurn(inputs, 2, (local.getDayOfWeek().getValue() - 1) / 7.0);
      expectTurn(inputs, 4, (local.getDayOfYear() - 1) / 366.0);
    }
  }

  private static void expectTurn(float[] inputs, int at, double turn) {
    assertThat(inputs[at]).isCloseTo((float) Math.sin(2 * Math.PI * turn), within(1e-6f));
    assertThat(inputs[at + 1]).isCloseTo((float) Math.cos(2 * Math.PI * turn), within(1e-6f));
  }

  @Test
  void changes_its_clock_exactly_at_the_transition() {
    CalendarEncoder encoder =
        new CalendarEncoder(List.of(CalendarPart.HOUR_OF_DAY), ZoneId.of("Europe/Berlin"));
    long change = Instant.parse("2026-03-29T01:00:00Z").toEpochMilli();
    float[] inputs = new float[2];

    encoder.encode(change - 1, inputs, 0);
    expectTurn(inputs, 0, (60 + 59) / 1440.0);
    encoder.encode(change, inputs, 0);
    expectTurn(inputs, 0, 180 / 1440.0);
    encoder.encode(change - 1, inputs, 0);
    expectTurn(inputs, 0, (60 + 59) / 1440.0);
  }

  @Test
  void counts_the_days_of_every_year_like_the_calendar() {
    LocalDate end = LocalDate.of(2405, 1, 1);
    for (LocalDate day = LocalDate.of(1895, 1, 1); day.isBefore(end); day = day.plusDays(1)) {
      assertThat(CalendarEncoder.dayOfYear(day.toEpochDay())).isEqualTo(day.getDayOfYear() - 1);
    }
  }
}
