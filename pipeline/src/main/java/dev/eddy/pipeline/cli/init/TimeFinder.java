package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.row.Columns;
import dev.eddy.connectors.file.row.RowException;
import dev.eddy.connectors.file.row.TimeColumns;
import dev.eddy.pipeline.cli.init.table.Column;
import dev.eddy.pipeline.cli.init.table.CsvTables;
import dev.eddy.pipeline.cli.init.table.TimeCandidates;
import dev.eddy.pipeline.cli.init.table.TimeForms;
import dev.eddy.pipeline.cli.init.table.TimeGuess;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the time of a file's rows: of the candidates, the one that reads all rows and is even. */
final class TimeFinder {
  /** In place of a time that could not be read. */
  static final long NONE = Long.MIN_VALUE;

  private static final double MOST_UNREAD = 0.02;
  private static final double CLEARLY = 0.02;
  private static final int MOST_CANDIDATES = 12;
  private static final int ENOUGH = 200;

  private final CsvTables tables;
  private final KeyFinder keys;
  private final List<Trial> trials = new ArrayList<>();

  /** One candidate and what came of reading all rows by it. */
  private static final class Trial {
    final TimeGuess guess;
    final TimeColumns reader;
    final int place;
    long[] times = new long[1024];
    int rows;
    int read;
    long unread;
    String first = "";
    Spacing spacing = new Spacing(0, 0, 0);

    Trial(TimeGuess guess, TimeColumns reader, int place) {
      this.guess = guess;
      this.reader = reader;
      this.place = place;
    }

    void read(Path file, long line, List<String> cells) {
      if (unread > ENOUGH && !readsAll()) {
        return; // each row that is not read costs as much as many that are
      }
      try {
        add(reader.read(cells, 0, ""));
        read++;
      } catch (RowException e) {
        add(NONE);
        first = unread == 0 ? file + ":" + line + ": " + e.getMessage() : first;
        unread++;
      }
    }

    private void add(long time) {
      if (rows == times.length) {
        times = Arrays.copyOf(times, 2 * rows);
      }
      times[rows++] = time;
    }

    /** The times that were read. */
    long[] known() {
      return Arrays.stream(times, 0, rows).filter(time -> time != NONE).toArray();
    }

    boolean readsAll() {
      return read > 0 && unread <= MOST_UNREAD * (read + unread);
    }

    String pattern() {
      return guess.settings().pattern().orElse("");
    }
  }

  private static final Comparator<Trial> LIKELIER =
      Comparator.<Trial>comparingLong(trial -> Math.round(trial.spacing.later() * 20))
          .thenComparing(trial -> trial.unread)
          .thenComparing(trial -> -Math.round(trial.spacing.evenness() / CLEARLY))
          .thenComparing(trial -> trial.pattern().contains("a") ? monthFirst(trial) : 0)
          .thenComparing(trial -> trial.place);

  private TimeFinder(CsvTables tables, KeyFinder keys, List<TimeGuess> candidates, char decimal) {
    this.tables = tables;
    this.keys = keys;
    Columns columns = new Columns(tables.columns(), Map.of());
    for (TimeGuess each : candidates.subList(0, Math.min(MOST_CANDIDATES, candidates.size()))) {
      trials.add(
          new Trial(each, new TimeColumns(each.settings(), decimal, columns), trials.size()));
    }
  }

  /**
   * The time of the rows; empty where no column looks like one.
   *
   * @param keys sees the rows and hears their times
   * @throws UserMistake naming the first cell of a column that looks like a time and is not read
   */
  static Optional<TimeGuess> find(
      CsvTables tables, KeyFinder keys, List<Column> columns, char decimal) {
    TimeFinder finder = new TimeFinder(tables, keys, TimeCandidates.of(columns), decimal);
    Optional<TimeGuess> found = finder.best();
    if (found.isEmpty()) {
      finder.requireNone(columns);
    }
    return found;
  }

  private Optional<TimeGuess> best() {
    if (trials.isEmpty()) {
      return Optional.empty();
    }
    var unused =
        tables.forEach(
            (file, line, cells) -> {
              trials.forEach(trial -> trial.read(file, line, cells));
              keys.see(file, cells);
            });
    List<Trial> good = trials.stream().filter(Trial::readsAll).toList();
    good.forEach(trial -> trial.spacing = Spacing.of(trial.known()));
    if (good.isEmpty()) {
      return Optional.empty();
    }
    List<String> columns = good.get(0).guess.columns();
    List<Trial> same = good.stream().filter(each -> each.guess.columns().equals(columns)).toList();
    Trial best = likeliest(same);
    keys.timed(Arrays.copyOf(best.times, best.rows));
    return Optional.of(doubted(best, same));
  }

  /** Of several readings of one column, the one with the evener steps and none to come. */
  private static Trial likeliest(List<Trial> same) {
    return same.stream().min(LIKELIER).orElseThrow();
  }

  /** Says so where another reading is as likely. */
  private static TimeGuess doubted(Trial best, List<Trial> same) {
    Optional<Trial> second =
        same.stream().filter(each -> each != best).min(LIKELIER).filter(each -> !clear(best, each));
    return second
        .map(
            other ->
                best.guess.doubting(
                    String.join(", ", best.guess.columns())
                        + ": read as "
                        + best.pattern()
                        + ", "
                        + other.pattern()
                        + " reads all rows, too, and as evenly (write the right one in"
                        + " replay.time)"))
        .orElse(best.guess);
  }

  private static boolean clear(Trial best, Trial other) {
    return other.spacing.later() > best.spacing.later() + CLEARLY
        || other.unread > best.unread
        || best.spacing.evenness() > other.spacing.evenness() + CLEARLY
        || Arrays.equals(best.times, 0, best.rows, other.times, 0, other.rows);
  }

  private static int monthFirst(Trial trial) {
    return trial.pattern().startsWith("M") ? 0 : 1;
  }

  private void requireNone(List<Column> columns) {
    for (Trial trial : trials) {
      if (trial.unread > 0) {
        throw new UserMistake(
            "--from: "
                + trial.first
                + "; "
                + trial.unread
                + (trial.unread > ENOUGH ? " rows and more" : " of " + (trial.read + trial.unread))
                + " are not read so (replay.time.pattern in a YAML of your own reads another"
                + " form)");
      }
    }
    for (Column column : columns) {
      if (column.isText() && looksLikeTime(column)) {
        Column.Cell cell = column.firstText();
        throw new UserMistake(
            "--from: "
                + cell.file()
                + ":"
                + cell.line()
                + ": "
                + column.name()
                + ": '"
                + cell.text()
                + "' looks like a time and cannot be read "
                + (TimeForms.isClock(cell.text())
                    ? "(must come with a column of dates)"
                    : "(must be in a form that eddy knows; replay.time.pattern in a YAML of your"
                        + " own reads it)"));
      }
    }
  }

  private static boolean looksLikeTime(Column column) {
    List<Column.Cell> shapes = column.usualShapes();
    boolean digits = shapes.stream().anyMatch(cell -> cell.text().matches(".*\\d.*"));
    return !shapes.isEmpty()
        && (shapes.stream().allMatch(cell -> TimeForms.looksLikeTime(cell.text()))
            || (TimeCandidates.isNamed(column) && digits));
  }
}
