package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.row.WrittenTime;
import dev.eddy.connectors.file.settings.TimeSettings;
import dev.eddy.pipeline.cli.init.table.TableHead;
import dev.eddy.pipeline.cli.init.table.TimeForms;
import dev.eddy.pipeline.cli.init.table.TimeGuess;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reads the times that name the columns of a table whose rows are series: a start and a step. */
final class HeaderTimes {
  private HeaderTimes() {}

  /** Start and step; empty where names are no times that lie evenly. */
  static Optional<TimeGuess> of(List<String> names) {
    if (names.size() < 2 || !TableHead.areTimes(names)) {
      return Optional.empty();
    }
    Stream<Function<String, Instant>> ways =
        names.stream().allMatch(TimeForms::isIso)
            ? Stream.of(HeaderTimes::iso)
            : TimeForms.patterns(names).stream().map(HeaderTimes::by);
    return ways.map(way -> even(names, way)).flatMap(Optional::stream).findFirst();
  }

  private static Instant iso(String name) {
    WrittenTime found = WrittenTime.parse(name);
    return found.local().toInstant(Objects.requireNonNullElse(found.offset(), ZoneOffset.UTC));
  }

  private static Function<String, Instant> by(String pattern) {
    DateTimeFormatter formatter = TimeSettings.formatter(pattern);
    return name -> {
      TemporalAccessor found = formatter.parseBest(name, LocalDateTime::from, LocalDate::from);
      return found instanceof LocalDateTime time
          ? time.toInstant(ZoneOffset.UTC)
          : ((LocalDate) found).atStartOfDay().toInstant(ZoneOffset.UTC);
    };
  }

  private static Optional<TimeGuess> even(List<String> names, Function<String, Instant> way) {
    try {
      List<Instant> times = names.stream().map(way).toList();
      Duration step = Duration.between(times.get(0), times.get(1));
      boolean even =
          IntStream.range(1, times.size())
              .allMatch(i -> times.get(i - 1).plus(step).equals(times.get(i)));
      return even && !step.isNegative()
          ? Optional.of(TimeGuess.of(TimeSettings.ofSteps(times.get(0), step)))
          : Optional.empty();
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
