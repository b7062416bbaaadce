package dev.eddy.connectors.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReplayReaderTest extends ReplayFiles {
  @Test
  void merges_files_by_time_and_equal_times_in_file_order() throws IOException {
    write("a.csv", "station,date,temp\na,2026-01-01,1\na,2026-01-03,3\na,2026-01-03,4\n");
    write("b.csv", "station,date,temp\nb,2026-01-02,2\nb,2026-01-03,5\n");
    assertThat(read(usual("[ab].csv"), TEMP))
        .containsExactly(
            "a 2026-01-01T00:00:00Z 1.0",
            "b 2026-01-02T00:00:00Z 2.0",
            "a 2026-01-03T00:00:00Z 3.0",
            "a 2026-01-03T00:00:00Z 4.0",
            "b 2026-01-03T00:00:00Z 5.0");
  }

  @Test
  void sorts_a_file_that_lists_its_keys_one_after_the_other() throws IOException {
    write("a.csv", "station,date,temp\na,2026-01-01,1\na,2026-01-02,2\nb,2026-01-01,3\n");
    Change change = new Change();
    assertThat(read(usual("a.csv"), TEMP).get(2)).startsWith("b");
    change.sort = true;
    assertThat(read(change.apply(usual("a.csv")), TEMP))
        .containsExactly(
            "a 2026-01-01T00:00:00Z 1.0",
            "b 2026-01-01T00:00:00Z 3.0",
            "a 2026-01-02T00:00:00Z 2.0");
  }

  @Test
  void sends_the_period_from_its_start_to_before_its_end() throws IOException {
    write("a.csv", "station,date,temp\na,2026-01-01,1\na,2026-01-02,2\na,2026-01-03,3\n");
    Optional<Instant> second = Optional.of(Instant.parse("2026-01-02T00:00:00Z"));
    Optional<Instant> third = Optional.of(Instant.parse("2026-01-03T00:00:00Z"));
    assertThat(read(usual("a.csv").withPeriod(second, third), TEMP))
        .containsExactly("a 2026-01-02T00:00:00Z 2.0");
    assertThat(read(usual("a.csv").withPeriod(Optional.empty(), second), TEMP)).hasSize(1);
    assertThat(read(usual("a.csv").withPeriod(second, Optional.empty()), TEMP)).hasSize(2);
  }
}
