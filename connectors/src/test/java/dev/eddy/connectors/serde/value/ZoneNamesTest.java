package dev.eddy.connectors.serde.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ZoneNamesTest {
  @ParameterizedTest
  @CsvSource({
    "2025-07-01 12:00 EST, 2025-07-01T17:00:00Z",
    "2025-07-01 12:00 EDT, 2025-07-01T16:00:00Z",
    "2025-01-01 12:00 CET, 2025-01-01T11:00:00Z",
    "2025-07-01 12:00 CEST, 2025-07-01T10:00:00Z",
    "2025-07-01 12:00 MESZ, 2025-07-01T10:00:00Z",
    "2025-07-01 12:00 UTC, 2025-07-01T12:00:00Z",
    "2025-07-01 12:00 Europe/Berlin, 2025-07-01T10:00:00Z",
  })
  void a_name_is_the_offset_it_stands_for(String text, String instant) {
    assertThat(read("yyyy-MM-dd HH:mm z", text).toInstant()).hasToString(instant);
    assertThat(read("yyyy-MM-dd HH:mm[ z]", text).toInstant()).hasToString(instant);
  }

  @Test
  void other_text_is_refused_and_quoted_letters_are_text() {
    assertThatThrownBy(() -> read("yyyy-MM-dd HH:mm z", "2025-07-01 12:00 XYZ"))
        .isInstanceOf(DateTimeException.class);
    assertThat(read("yyyy-MM-dd'z'HH:mm z", "2025-07-01z12:00 MSK").toInstant())
        .hasToString("2025-07-01T09:00:00Z");
  }

  private static ZonedDateTime read(String pattern, String text) {
    return ZonedDateTime.parse(
        text,
        ZoneNames.append(new DateTimeFormatterBuilder(), pattern).toFormatter(Locale.ENGLISH));
  }
}
