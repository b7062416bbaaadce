package dev.eddy.pipeline.cli.init;

import dev.eddy.settings.FileFault;
import dev.eddy.settings.UserMistake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * CSV file as it seems to be written: what divides its columns, and what they are called.
 *
 * @param file the file
 * @param delimiter between columns
 * @param header whether the first row names them
 * @param columns their names; column-1, column-2 and so on without a header
 */
record CsvTable(Path file, char delimiter, boolean header, List<String> columns) {
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final Set<String> MISSING =
      Set.of("", "NA", "N/A", "NaN", "nan", "null", "NULL", "?");

  /** Hears every row. */
  @FunctionalInterface
  interface RowListener {
    void row(List<String> cells);
  }

  /**
   * Looks at the beginning of a file.
   *
   * @throws UserMistake in one line, when it is missing or has no rows
   */
  static CsvTable open(Path file) throws IOException {
    List<String> lines = firstLines(file);
    if (lines.size() < 2) {
      throw new UserMistake(
          "--from: " + file + ": " + lines.size() + " rows (must have at least 2)");
    }
    char delimiter = delimiter(lines);
    CsvTable nameless = new CsvTable(file, delimiter, false, List.of());
    List<String> first = nameless.split(lines.get(0));
    List<String> second = nameless.split(lines.get(1));
    boolean header =
        (first.stream().noneMatch(CsvTable::isNumber) || headsNumberedColumns(first))
            && Set.copyOf(first).size() == first.size();
    header &= !first.equals(second);
    List<String> columns =
        header
            ? first
            : IntStream.rangeClosed(1, first.size()).mapToObj(i -> "column-" + i).toList();
    return new CsvTable(file, delimiter, header, columns);
  }

  private static List<String> firstLines(Path file) {
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      return reader.lines().filter(line -> !line.isBlank()).limit(100).toList();
    } catch (IOException e) {
      throw unreadable(file, FileFault.of(e), e);
    } catch (UncheckedIOException e) {
      throw new UserMistake("--from: " + file + ": no text in UTF-8 (must be a CSV file)", e);
    }
  }

  /** A name, then 1, 2, 3 and so on. */
  private static boolean headsNumberedColumns(List<String> first) {
    return first.size() > 2
        && !isNumber(first.get(0))
        && areNumbered(first.subList(1, first.size()));
  }

  /** V2, V3, V4 or v001, v002 and so on: one beginning, and numbers that ascend by one. */
  static boolean areNumbered(List<String> names) {
    String beginning = names.get(0).replaceFirst("\\d{1,9}$", "");
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      if (!name.startsWith(beginning) || !name.substring(beginning.length()).matches("\\d{1,9}")) {
        return false;
      }
      int number = Integer.parseInt(name.substring(beginning.length()));
      if (number != Integer.parseInt(names.get(0).substring(beginning.length())) + i) {
        return false;
      }
    }
    return true;
  }

  /** The delimiter that divides most lines into the same number of columns. */
  private static char delimiter(List<String> lines) {
    return IntStream.range(0, DELIMITERS.length)
        .mapToObj(i -> DELIMITERS[i])
        .max(Comparator.comparingLong(delimiter -> evidence(lines, delimiter)))
        .orElse(',');
  }

  private static long evidence(List<String> lines, char delimiter) {
    long first = count(lines.get(0), delimiter);
    return first * lines.stream().filter(line -> count(line, delimiter) == first).count();
  }

  private static long count(String line, char delimiter) {
    return line.chars().filter(character -> character == delimiter).count();
  }

  /** Reads every row but the header; a row of another length is an error. */
  void forEach(RowListener listener) throws IOException {
    try (CSVParser parser = CSVParser.parse(Files.newBufferedReader(file), format())) {
      boolean skip = header;
      for (CSVRecord record : parser) {
        if (skip) {
          skip = false;
          continue;
        }
        if (record.size() != columns.size()) {
          throw new UserMistake(
              file
                  + ":"
                  + parser.getCurrentLineNumber()
                  + ": "
                  + record.size()
                  + " columns (must be "
                  + columns.size()
                  + ")");
        }
        listener.row(Arrays.stream(record.values()).map(String::strip).toList());
      }
    } catch (UncheckedIOException e) {
      throw new UserMistake(file + ": cannot be read (" + FileFault.of(e) + ")", e);
    }
  }

  private List<String> split(String line) {
    try (CSVParser parser = CSVParser.parse(line, format())) {
      List<String> cells = new ArrayList<>();
      parser.forEach(
          record -> Arrays.stream(record.values()).map(String::strip).forEach(cells::add));
      return cells;
    } catch (IOException e) {
      throw unreadable(file, FileFault.of(e), e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, FileFault.of(e), e);
    }
  }

  private static UserMistake unreadable(Path file, String fault, Exception cause) {
    return new UserMistake("--from: " + file + ": cannot be read (" + fault + ")", cause);
  }

  private CSVFormat format() {
    return CSVFormat.DEFAULT.builder().setDelimiter(delimiter).setIgnoreEmptyLines(true).get();
  }

  static boolean isMissing(String cell) {
    return MISSING.contains(cell);
  }

  static boolean isNumber(String cell) {
    try {
      return Double.isFinite(Double.parseDouble(cell));
    } catch (NumberFormatException e) {
      return false;
    }
  }
}
