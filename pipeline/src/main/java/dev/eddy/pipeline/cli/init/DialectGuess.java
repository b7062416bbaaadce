package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.TableFile;
import dev.eddy.connectors.file.row.Dialect;
import dev.eddy.settings.UserMistake;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Guesses how a file's text is divided into rows of cells, from its first lines. */
final class DialectGuess {
  private static final int LINES = 1000;
  private static final int AHEAD = 30;
  private static final int MOST_UNITS = 4;
  private static final List<String> DELIMITERS = List.of(",", ";", "tab", "|", "whitespace");
  private static final List<Character> COMMENTS = List.of('#', '%', '!');

  private final Path file;
  private final List<String> lines;
  private final List<Integer> places = new ArrayList<>(); // of the rows among the lines
  private final List<List<String>> rows = new ArrayList<>();
  private final Optional<Character> comment;
  private final String delimiter;
  private final int width; // cells that most rows have

  private DialectGuess(Path file) {
    this.file = file;
    lines = TableFile.firstLines(file, LINES);
    comment = comment();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank() && !isComment(lines.get(i))) {
        places.add(i);
      }
    }
    delimiter = delimiter();
    places.forEach(place -> rows.add(split(lines.get(place), delimiter)));
    width = usual(rows);
  }

  /**
   * Looks at the beginning of a file.
   *
   * @throws UserMistake in one line, when it has no rows or none can be made of it
   */
  static Dialect of(Path file) {
    return new DialectGuess(file).guess();
  }

  private Dialect guess() {
    if (rows.size() < 2) {
      throw new UserMistake(
          "--from: " + file + ": " + rows.size() + " rows (must have at least 2)");
    }
    int first = firstRow();
    requireNames(first);
    boolean header = isHeader(first);
    Optional<Integer> commented = header ? Optional.empty() : commentedHeader(first);
    int skip = commented.orElse(first == 0 ? 0 : places.get(first - 1) + 1);
    int units = header || commented.isPresent() ? units(first + (header ? 1 : 0)) : 0;
    boolean named = header || commented.isPresent();
    return new Dialect(
        encoding(),
        delimiter,
        Optional.of('"'),
        commented.isPresent() ? Optional.empty() : comment,
        skip,
        named,
        named ? List.of() : IntStream.rangeClosed(1, width).mapToObj(i -> "column-" + i).toList(),
        units);
  }

  private Optional<String> encoding() {
    Dialect any =
        new Dialect(Optional.empty(), delimiter, Optional.of('"'), comment, 0, false, List.of(), 0);
    try (TableFile table = TableFile.open(file, any)) {
      Charset charset = table.charset();
      return charset.equals(StandardCharsets.UTF_8)
          ? Optional.empty()
          : Optional.of(charset.name());
    }
  }

  private Optional<Character> comment() {
    for (char mark : COMMENTS) {
      long marked = lines.stream().filter(line -> line.startsWith(String.valueOf(mark))).count();
      if (marked > 0 && marked < 0.5 * lines.size()) {
        return Optional.of(mark);
      }
    }
    return Optional.empty();
  }

  private boolean isComment(String line) {
    return comment.isPresent() && line.startsWith(String.valueOf(comment.get()));
  }

  /** What divides most lines alike, and leaves no other delimiter within the cells. */
  private String delimiter() {
    String best = ",";
    double most = 0;
    for (String each : DELIMITERS) {
      if (each.equals("whitespace") && most > 0) {
        break; // times have a blank within
      }
      List<List<String>> split = new ArrayList<>();
      places.forEach(place -> split.add(split(lines.get(place), each)));
      int usual = usual(split);
      long alike = split.stream().filter(row -> row.size() == usual).count();
      long pure =
          split.stream().filter(row -> row.stream().noneMatch(DialectGuess::isMixed)).count();
      double score =
          usual < 2 ? 0 : (double) alike * pure / split.size() / split.size() * Math.log(usual);
      if (score > most) {
        most = score;
        best = each;
      }
    }
    return best;
  }

  private static boolean isMixed(String cell) {
    return cell.indexOf(';') >= 0 || cell.indexOf('\t') >= 0 || cell.indexOf('|') >= 0;
  }

  /** Quotes keep delimiters within a cell. */
  private static List<String> split(String line, String delimiter) {
    if (delimiter.equals("whitespace")) {
      return Arrays.asList(line.strip().split("\\s+"));
    }
    char between = delimiter.equals("tab") ? '\t' : delimiter.charAt(0);
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char each = line.charAt(i);
      if (each == '"') {
        quoted = !quoted;
      } else if (each == between && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(each);
      }
    }
    cells.add(cell.toString().strip());
    return cells;
  }

  private static int usual(List<List<String>> rows) {
    Map<Integer, Integer> sizes = new HashMap<>();
    rows.forEach(row -> sizes.merge(row.size(), 1, Integer::sum));
    return sizes.isEmpty()
        ? 0
        : Collections.max(sizes.entrySet(), Map.Entry.comparingByValue()).getKey();
  }

  /** The first row of the table: as wide as those that follow. */
  private int firstRow() {
    for (int i = 0; i < rows.size(); i++) {
      List<List<String>> ahead = rows.subList(i, Math.min(rows.size(), i + AHEAD));
      long alike = ahead.stream().filter(row -> row.size() == width).count();
      if (width(rows.get(i)) == width && alike * 2 > ahead.size()) {
        return i;
      }
    }
    return 0;
  }

  /** A header may lack the delimiters that its rows end with. */
  private int width(List<String> row) {
    boolean shorter =
        row.size() == width - 1
            && rows.stream()
                    .filter(each -> each.size() == width && each.get(width - 1).isEmpty())
                    .count()
                > rows.size() / 2;
    return shorter ? width : row.size();
  }

  /** Names that are fewer or more than the cells below are not thrown away with a preamble. */
  private void requireNames(int first) {
    if (first == 0 || !isData(rows.get(first))) {
      return;
    }
    List<String> above = rows.get(first - 1);
    boolean names = above.size() > 1 && 2 * above.size() > width && !isData(above);
    if (names) {
      throw new UserMistake(
          "--from: "
              + file
              + ":"
              + (places.get(first - 1) + 1)
              + ": "
              + above.size()
              + " names "
              + above
              + " above rows of "
              + width
              + " cells "
              + rows.get(first)
              + " (must be a name for each; replay.skip, header: false and columns name them)");
    }
  }

  private static boolean isData(List<String> row) {
    return row.stream().anyMatch(cell -> Numbers.isNumber(cell) || TimeForms.isTime(cell));
  }

  private boolean isHeader(int first) {
    List<String> row = rows.get(first);
    List<List<String>> below = rows.subList(first + 1, rows.size());
    if (below.isEmpty() || row.equals(below.get(0))) {
      return false;
    }
    return !isData(row) || headsNumbers(row, below);
  }

  /** Numbers name the columns: none of the rows below is like them. */
  private boolean headsNumbers(List<String> row, List<List<String>> below) {
    if (row.size() < 3 || row.stream().distinct().count() < row.size()) {
      return false;
    }
    List<String> names = row.subList(1, row.size());
    boolean word = !row.get(0).isEmpty() && !isData(row.subList(0, 1));
    boolean nameless = row.get(0).isEmpty();
    if ((word || nameless) && areNumbered(names)) {
      return true;
    }
    boolean whole = names.stream().allMatch(name -> name.matches("\\d{1,18}"));
    if (word) {
      return whole && below.stream().limit(AHEAD).allMatch(each -> isData(each.subList(0, 1)));
    }
    long far =
        IntStream.range(0, row.size())
            .filter(column -> isFar(row.get(column), column, below))
            .count();
    return whole && row.get(0).matches("\\d{0,18}") && far >= 0.9 * row.size();
  }

  /** Whether a number lies further off the column's others than these are spread. */
  private boolean isFar(String cell, int column, List<List<String>> below) {
    double value = Numbers.PLAIN.read(cell).orElse(Double.NaN);
    double[] others =
        below.stream()
            .filter(row -> row.size() > column)
            .map(row -> row.get(column))
            .flatMapToDouble(
                each ->
                    Arrays.stream(Numbers.FORMS)
                        .flatMapToDouble(form -> form.read(each).stream())
                        .limit(1))
            .toArray();
    double least = Arrays.stream(others).min().orElse(Double.NaN);
    double most = Arrays.stream(others).max().orElse(Double.NaN);
    double room = 3 * (most - least);
    return value > most + room || value < least - room;
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

  /** The line of the last comment above the table, where that names the columns. */
  private Optional<Integer> commentedHeader(int first) {
    int line = places.get(first) - 1;
    if (line < 0 || !isComment(lines.get(line))) {
      return Optional.empty();
    }
    List<String> names = split(lines.get(line), delimiter);
    return names.size() == width && !isData(names) ? Optional.of(line) : Optional.empty();
  }

  /** How many rows from {@code from} on hold no value where those below do. */
  private int units(int from) {
    int units = 0;
    while (units < MOST_UNITS && from + units < rows.size() && !isData(rows.get(from + units))) {
      units++;
    }
    List<List<String>> below = rows.subList(Math.min(rows.size(), from + units), rows.size());
    long data = below.stream().filter(DialectGuess::isData).count();
    return units < MOST_UNITS && data > 0.9 * below.size() ? units : 0;
  }
}
