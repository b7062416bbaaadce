package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.settings.ReplaySettings.Layout;
import dev.eddy.pipeline.cli.init.table.Column;
import dev.eddy.pipeline.cli.init.table.CsvTables;
import dev.eddy.pipeline.cli.init.table.Numbers;
import dev.eddy.pipeline.cli.init.table.TimeGuess;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Guess at what CSV files hold.
 *
 * @param tables how they are written
 * @param numbers how they write numbers
 * @param time where the event time is
 * @param timed whether the files have a time at all
 * @param key the column that tells series apart; empty: each file is one series
 * @param layout what a row and a column are
 * @param features what the columns are for
 * @param guessed whether targets and label are a guess
 * @param series the observations of each series
 * @param missing words among numbers that mean a missing value
 * @param refused rows that cannot be read
 * @param asks what the user should look at, a line each
 */
record CsvGuess(
    CsvTables tables,
    Numbers numbers,
    TimeGuess time,
    boolean timed,
    Optional<String> key,
    Layout layout,
    Features features,
    boolean guessed,
    SeriesTimes series,
    List<String> missing,
    CsvTables.Refused refused,
    List<String> asks) {

  private static final double MOST_REFUSED = 0.05;

  /** Reads the files three times: for columns, times and keys, and what series have in common. */
  static CsvGuess of(List<Path> files, InitWishes wishes) {
    CsvTables tables = CsvTables.open(files);
    List<Column> columns = tables.columns().stream().map(Column::new).toList();
    CsvTables.Refused refused = see(tables, columns);
    Numbers numbers = numbers(columns);
    columns.forEach(column -> column.readAs(numbers));
    wishes.targets().forEach(name -> require(tables, "--target", name));
    wishes.label().ifPresent(name -> require(tables, "--label", name));
    wishes.key().ifPresent(name -> require(tables, "--key", name));
    KeyFinder keys = KeyFinder.of(tables, columns, wishes);
    Optional<TimeGuess> found =
        wishes.interval().isPresent() && WideShape.areSeries(columns, wishes)
            ? Optional.empty()
            : time(tables, keys, columns, numbers, wishes);
    return new Guessing(tables, columns, numbers, refused, wishes, keys).guess(found);
  }

  /** What looks like a time and cannot be read is passed over only where rows are counted. */
  private static Optional<TimeGuess> time(
      CsvTables tables, KeyFinder keys, List<Column> columns, Numbers numbers, InitWishes wishes) {
    try {
      return TimeFinder.find(tables, keys, columns, numbers.decimal());
    } catch (UserMistake e) {
      if (wishes.interval().isPresent()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static CsvTables.Refused see(CsvTables tables, List<Column> columns) {
    long[] rows = {0};
    CsvTables.Refused refused =
        tables.forEach(
            (file, line, row) -> {
              rows[0]++;
              for (int i = 0; i < columns.size(); i++) {
                columns.get(i).see(row.get(i), file, line);
              }
            });
    if (refused.rows() > MOST_REFUSED * (rows[0] + refused.rows())) {
      throw new UserMistake(
          "--from: "
              + refused.first()
              + "; so are "
              + refused.rows()
              + " of "
              + (rows[0] + refused.rows())
              + " rows");
    }
    if (rows[0] < 2) {
      throw new UserMistake(
          "--from: " + tables.first() + ": " + rows[0] + " rows (must have at least 2)");
    }
    return refused;
  }

  /** The form that reads most cells that are no plain numbers; the plain one where none does. */
  private static Numbers numbers(List<Column> columns) {
    Numbers best = Numbers.PLAIN;
    long most = 0;
    for (int i = 1; i < Numbers.FORMS.size(); i++) {
      int form = i;
      long cells = columns.stream().mapToLong(column -> column.written(form)).sum();
      if (cells > most) {
        most = cells;
        best = Numbers.FORMS.get(i);
      }
    }
    return best;
  }

  private static void require(CsvTables tables, String option, String name) {
    if (!tables.columns().contains(name)) {
      throw new UserMistake(
          option + ": " + name + " (must be one of the columns " + tables.columns() + ")");
    }
  }

  /** Whether files of one name lie in several folders. */
  boolean byPath() {
    return tables.names() < tables.files().size();
  }

  boolean isOneSeries() {
    return key.isEmpty() && tables.files().size() == 1;
  }
}
