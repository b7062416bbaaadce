package dev.eddy.connectors.file.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ReplaySettingsTest {
  private static final Optional<String> NONE = Optional.empty();

  @Test
  void a_key_has_one_source() {
    assertThat(KeySettings.of("station").column()).contains("station");
    refuses(() -> new KeySettings(NONE, NONE, NONE, NONE), "replay.key: 0 sources (must be one of");
    refuses(
        () -> new KeySettings(Optional.of("a"), Optional.of("b"), NONE, NONE),
        "replay.key: 2 sources (must be one of");
    refuses(
        () -> KeySettings.ofFileName("(["), "replay.key.file: ([ (must be a regular expression");
  }

  @Test
  void a_time_says_how_it_is_read() {
    refuses(
        () -> TimeSettings.ofParts(List.of(), ZoneOffset.UTC),
        "replay.time.columns: none (must be given, or start and step alone)");
    refuses(
        () -> TimeSettings.ofParts(List.of("date", "time"), ZoneOffset.UTC),
        "replay.time.columns: [date, time] (must be one, or year, month, day and so on, or need pattern)");
    refuses(
        () -> TimeSettings.ofPattern(List.of("date"), "yyyy-bb", ZoneOffset.UTC),
        "replay.time.pattern: yyyy-bb (must be a date pattern");
    refuses(
        () -> TimeSettings.ofSteps(Instant.EPOCH, Duration.ZERO),
        "replay.time.step: 0 ms (must be 1 ms to 36500 d)");
    refuses(
        () ->
            new TimeSettings(
                List.of("t"),
                NONE,
                ZoneOffset.UTC,
                Optional.empty(),
                Optional.of(Instant.EPOCH),
                Optional.empty()),
        "replay.time.start: given (must be with unit or step)");
  }

  @Test
  void a_period_has_its_end_after_its_start() {
    ReplaySettings settings =
        ReplaySettings.of(
            List.of(Path.of("a.csv")), KeySettings.of("key"), TimeSettings.of("time"));
    refuses(
        () -> settings.withPeriod(Optional.of(Instant.EPOCH), Optional.of(Instant.EPOCH)),
        "replay.to: 1970-01-01T00:00:00Z (must be later than from)");
    refuses(() -> settings.withRate(-1), "replay.rate: -1.0 (must be 0 or more, below 1e9)");
  }

  @Test
  void there_are_files_to_read() {
    refuses(
        () -> ReplaySettings.of(List.of(), KeySettings.of("key"), TimeSettings.of("time")),
        "replay.files: none (must be at least one file or glob)");
  }

  private static void refuses(ThrowingCallable settings, String line) {
    assertThatThrownBy(settings)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(line);
  }
}
