package dev.eddy.pipeline.cli.init.table;

import dev.eddy.settings.UserMistake;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds where a table begins among split lines, and what of its first rows names columns or holds
 * their units.
 *
 * @param rows the cells of each line that is no comment
 * @param width cells that most rows have
 */
public record TableHead(List<List<String>> rows, int width) {
  private static final int AHEAD = 30;
  private static final int MOST_UNITS = 4;

  /** The first row of the table: as wide as those that follow. */
  int firstRow() {
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

  /**
   * Names that are fewer or more than the cells below are not thrown away with a preamble.
   *
   * @param place of the row above, for the message
   */
  void requireNames(int first, String place) {
    if (first == 0 || !isData(rows.get(first))) {
      return;
    }
    List<String> above = rows.get(first - 1);
    boolean names = above.size() > 1 && 2 * above.size() > width && !isData(above);
    if (names) {
      throw new UserMistake(
          place
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

  static boolean isData(List<String> row) {
    return row.stream().anyMatch(cell -> Numbers.isNumber(cell) || TimeForms.isTime(cell));
  }

  boolean isHeader(int first) {
    List<String> row = rows.get(first);
    List<List<String>> below = rows.subList(first + 1, rows.size());
    if (below.isEmpty() || row.equals(below.get(0))) {
      return false;
    }
    return !isData(row) || headsNumbers(row, below) || headsSteps(row, below);
  }

  /** Times name the columns behind the first: the rows below hold none there. */
  private static boolean headsSteps(List<String> row, List<List<String>> below) {
    return row.size() > 2
        && areTimes(row.subList(1, row.size()))
        && below.stream()
            .limit(AHEAD)
            .flatMap(each -> each.stream().skip(1))
            .noneMatch(TimeForms::isTime);
  }

  /** Whether all names are different times. */
  public static boolean areTimes(List<String> names) {
    return names.stream().allMatch(TimeForms::isTime)
        && names.stream().distinct().count() == names.size();
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
                    Numbers.FORMS.stream()
                        .flatMapToDouble(form -> form.read(each).stream())
                        .limit(1))
            .toArray();
    double least = Arrays.stream(others).min().orElse(Double.NaN);
    double most = Arrays.stream(others).max().orElse(Double.NaN);
    double room = 3 * (most - least);
    return value > most + room || value < least - room;
  }

  /** V2, V3, V4 or v001, v002 and so on: one beginning, and numbers that ascend by one. */
  public static boolean areNumbered(List<String> names) {
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

  /** Whether a header ends with a delimiter, and cells stand below the column without a name. */
  boolean isNamedInPart(int header) {
    List<String> row = rows.get(header);
    return row.size() == width
        && row.get(width - 1).isEmpty()
        && rows.subList(header + 1, rows.size()).stream()
            .anyMatch(each -> each.size() == width && !each.get(width - 1).isEmpty());
  }

  /** The names of a header, those that are missing by their place. */
  List<String> names(int header) {
    List<String> row = rows.get(header);
    return IntStream.range(0, row.size())
        .mapToObj(i -> row.get(i).isEmpty() ? "column-" + (i + 1) : row.get(i))
        .toList();
  }

  /** How many rows from {@code from} on hold no value where those below do. */
  int units(int from) {
    int units = 0;
    while (units < MOST_UNITS && from + units < rows.size() && !isData(rows.get(from + units))) {
      units++;
    }
    List<List<String>> below = rows.subList(Math.min(rows.size(), from + units), rows.size());
    long data = below.stream().filter(TableHead::isData).count();
    return units < MOST_UNITS && data > 0.9 * below.size() ? units : 0;
  }
}
