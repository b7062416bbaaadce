package dev.eddy.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @ParameterizedTest
  @CsvSource({"5 ms, 5", "10 s, 10000", "15min, 900000", "1 H, 3600000", "1 d, 86400000"})
  void reads_a_number_with_a_unit(String written, long millis) {
    assertThat(Durations.parse(written)).isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "5 parsecs", "-5 s", "1.5 h"})
  void refuses_anything_else_and_says_what_it_wants(String written) {
    assertThatThrownBy(() -> Durations.parse(written)).hasMessageContaining("number with a unit");
  }

  @Property
  void reads_what_it_writes(@ForAll @LongRange(min = 0, max = 100_000_000_000L) long millis) {
    Duration duration = Duration.ofMillis(millis);
    assertThat(Durations.parse(Durations.format(duration))).isEqualTo(duration);
  }
}
