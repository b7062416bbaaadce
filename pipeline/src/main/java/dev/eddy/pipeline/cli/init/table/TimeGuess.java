package dev.eddy.pipeline.cli.init.table;

import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.pipeline.yaml.YamlText;
import dev.eddy.settings.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Guess at where the event time of a row is.
 *
 * @param settings that read it
 * @param doubt what it might be instead; empty where nothing else is as likely
 */
public record TimeGuess(TimeSettings settings, Optional<String> doubt) {
  public List<String> columns() {
    return settings.columns();
  }

  public static TimeGuess of(TimeSettings settings) {
    return new TimeGuess(settings, Optional.empty());
  }

  public TimeGuess doubting(String what) {
    return new TimeGuess(settings, Optional.of(what));
  }

  /** Rows of a series at a regular distance, the last of them before now, for want of a time. */
  public static TimeGuess madeUp(Duration step, long rows) {
    Duration all = step.multipliedBy(rows + 1);
    Instant begin = Instant.now().minus(all);
    boolean days = all.toDays() > 1;
    long unit = days ? Duration.ofDays(1).toSeconds() : Duration.ofHours(1).toSeconds();
    Instant start = Instant.ofEpochSecond(Math.floorDiv(begin.getEpochSecond(), unit) * unit);
    return of(TimeSettings.ofSteps(start, step));
  }

  /** The value of {@code replay.time}. */
  public String yaml() {
    if (settings.step().isPresent()) {
      return "{start: "
          + settings.start().orElseThrow()
          + ", step: "
          + Durations.format(settings.step().get())
          + "}";
    }
    boolean plain = settings.pattern().isEmpty() && settings.unit().isEmpty();
    if (plain && columns().size() == 1) {
      return YamlText.of(columns().get(0));
    }
    StringBuilder yaml = new StringBuilder("{columns: ").append(YamlText.list(columns()));
    settings.pattern().ifPresent(pattern -> yaml.append(", pattern: ").append(quoted(pattern)));
    settings
        .unit()
        .ifPresent(unit -> yaml.append(", unit: ").append(unit.name().toLowerCase(Locale.ROOT)));
    settings.start().ifPresent(start -> yaml.append(", start: ").append(start));
    return yaml.append('}').toString();
  }

  private static String quoted(String pattern) {
    return '"' + pattern + '"';
  }
}
