package dev.eddy.connectors.serde.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

class IsoTimeTest {
  @Property
  void writes_what_instant_writes_and_reads_it_back(
      @ForAll @LongRange(min = IsoTime.MIN, max = IsoTime.MAX) long millis) {
    byte[] text = new byte[24];
    int length = IsoTime.write(millis, text, 0);
    String written = new String(text, 0, length, StandardCharsets.US_ASCII);
    assertThat(Instant.parse(written).toEpochMilli()).isEqualTo(millis);
    assertThat(IsoTime.parse(written)).isEqualTo(millis);
    assertThat(IsoTime.parse(Instant.ofEpochMilli(millis).toString())).isEqualTo(millis);
  }

  @Property
  void text_of_any_kind_is_a_time_or_invalid(@ForAll String text) {
    long millis = IsoTime.parse(text);
    assertThat(millis == IsoTime.INVALID || IsoTime.inRange(millis)).isTrue();
  }

  @Example
  void reads_offsets_and_leap_days() {
    assertThat(IsoTime.parse("2024-02-29T08:00:00+08:00"))
        .isEqualTo(Instant.parse("2024-02-29T00:00:00Z").toEpochMilli());
    assertThat(IsoTime.parse("2024-02-29T00:00Z"))
        .isEqualTo(Instant.parse("2024-02-29T00:00:00Z").toEpochMilli());
    assertThat(IsoTime.parse("2024-02-29T00:00:00.123456Z"))
        .isEqualTo(Instant.parse("2024-02-29T00:00:00.123Z").toEpochMilli());
  }

  @Example
  void refuses_what_is_no_time() {
    for (String text :
        new String[] {
          "",
          "Z",
          "2023-02-29T00:00:00Z",
          "2024-13-01T00:00:00Z",
          "2024-01-01T24:00:00Z",
          "2024-01-01T00:00:60Z",
          "2024-01-01T00:00:00.Z",
          "2024-01-01T00:00:00.+01:00",
          "2024-01-01T00:00:00.",
          "2024-01-01T00:00:00",
          "2024-01-01",
          "0000-01-01T00:00:00Z",
          "+12024-01-01T00:00:00Z"
        }) {
      assertThat(IsoTime.parse(text)).as(text).isEqualTo(IsoTime.INVALID);
    }
  }
}
