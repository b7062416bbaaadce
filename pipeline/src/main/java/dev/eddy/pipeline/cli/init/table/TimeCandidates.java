package dev.eddy.pipeline.cli.init.table;

import dev.eddy.connectors.file.settings.TimeSettings;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Lists how the columns of a file may hold its times, by what was seen of their cells. */
public final class TimeCandidates {
  private static final String TIME_NAMES =
      ".*(time|date|stamp|zeit|datum|epoch|when|fecha|hora|heure|jour).*|t|ts|dt|ds|.*_at|.*_ts"
          + "|t_.*|sec|seconds|ms|day|month|year|period|quarter";
  private static final String HOUR_NAMES =
      "hour|hours|hr|hrs|h|he|hour.?ending|stunde|std|heure|hora|ora|uur";
  private static final List<String> PARTS =
      List.of("year", "month", "day", "hour", "minute", "second");

  private final List<Column> columns;
  private final List<TimeGuess> found = new ArrayList<>();

  private TimeCandidates(List<Column> columns) {
    this.columns = columns;
  }

  /** The candidates, the likelier columns first. */
  public static List<TimeGuess> of(List<Column> columns) {
    TimeCandidates candidates = new TimeCandidates(columns);
    candidates.parts();
    candidates.dateAndClock();
    List<Column> likely = new ArrayList<>(columns);
    likely.sort(
        (a, b) -> {
          int varied = Boolean.compare(a.isConstant(), b.isConstant());
          return varied != 0 ? varied : Boolean.compare(isNamed(b), isNamed(a));
        });
    likely.stream().filter(column -> column.cells() > 0).forEach(candidates::single);
    return candidates.found;
  }

  public static boolean isNamed(Column column) {
    return column.name().toLowerCase(Locale.ROOT).strip().matches(TIME_NAMES);
  }

  /** Year, month, day in columns of these names. */
  private void parts() {
    List<String> names = new ArrayList<>();
    for (String part : PARTS) {
      Optional<Column> column =
          columns.stream().filter(each -> each.name().equalsIgnoreCase(part)).findFirst();
      if (column.isEmpty() || !column.get().isWhole()) {
        break;
      }
      names.add(column.get().name());
    }
    if (names.size() >= 3) {
      found.add(TimeGuess.of(TimeSettings.ofParts(names, ZoneOffset.UTC)));
    }
  }

  /** A column of dates and one of times of day are one time. */
  private void dateAndClock() {
    for (Column date : columns) {
      List<String> dates = datesAlone(date);
      for (Column clock : columns) {
        if (dates.isEmpty() || clock == date || clock.cells() == 0) {
          continue;
        }
        if (isHour(clock)) {
          minutes(date, dates, clock);
        }
        for (String pattern : clocks(clock)) {
          dates.forEach(each -> pattern(List.of(date.name(), clock.name()), each + " " + pattern));
        }
      }
    }
  }

  private static List<String> datesAlone(Column column) {
    if (column.isWhole() && column.least() > 0 && DigitForms.date(column).equals("yyyyMMdd")) {
      return List.of("yyyyMMdd");
    }
    List<String> cells = cells(column);
    if (cells.isEmpty() || column.cells() == 0) {
      return List.of();
    }
    boolean iso = cells.stream().allMatch(cell -> cell.matches("\\d{4}-\\d{1,2}-\\d{1,2}"));
    return iso
        ? List.of("yyyy-M-d")
        : TimeForms.patterns(cells).stream()
            .filter(each -> !each.matches(".*[Hh]m.*|.*H.*"))
            .toList();
  }

  /** The 24th hour is the next day's first. */
  private static boolean isHour(Column column) {
    return column.isWhole()
        && column.name().toLowerCase(Locale.ROOT).matches(HOUR_NAMES)
        && column.least() >= 0
        && column.most() <= (column.least() > 0 ? 24 : 23);
  }

  /** Minutes in a column of their own beside the hour's, and seconds beside these. */
  private void minutes(Column date, List<String> dates, Column hour) {
    Optional<Column> minute = part("min(ute)?s?|mm|mi");
    Optional<Column> second = part("sec(ond)?s?|ss");
    if (minute.isEmpty()) {
      return;
    }
    List<String> names = List.of(date.name(), hour.name(), minute.get().name());
    for (String each : dates) {
      if (second.isPresent()) {
        List<String> all = new ArrayList<>(names);
        all.add(second.get().name());
        pattern(all, each + " H m s");
      } else {
        pattern(names, each + " H m");
      }
    }
  }

  private Optional<Column> part(String names) {
    return columns.stream()
        .filter(each -> each.name().toLowerCase(Locale.ROOT).matches(names))
        .filter(each -> each.isWhole() && each.least() >= 0 && each.most() <= 59)
        .findFirst();
  }

  private static List<String> clocks(Column column) {
    if (isHour(column)) {
      return List.of("H");
    }
    if (DigitForms.isClock(column)) {
      return List.of("HHmm");
    }
    List<String> cells = cells(column);
    return cells.isEmpty() ? List.of() : TimeForms.clockPatterns(cells);
  }

  private static List<String> cells(Column column) {
    return column.usualShapes().stream().map(Column.Cell::text).toList();
  }

  private void single(Column column) {
    if (column.isNumeric() && column.least() <= column.most()) {
      NumberTimes.of(column).ifPresent(found::add);
      return;
    }
    List<String> cells = cells(column);
    if (cells.isEmpty()) {
      return;
    }
    if (cells.stream().allMatch(TimeForms::isIso)) {
      found.add(TimeGuess.of(TimeSettings.of(column.name())));
      return;
    }
    TimeForms.patterns(cells).forEach(each -> pattern(List.of(column.name()), each));
  }

  private void pattern(List<String> names, String pattern) {
    found.add(TimeGuess.of(TimeSettings.ofPattern(names, pattern, ZoneOffset.UTC)));
  }
}
