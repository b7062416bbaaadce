package dev.eddy.pipeline.cli.init.table;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Learns what a column holds by seeing all its cells. */
public final class Column {
  private static final boolean[] NO_FORMS = {};
  private static final int MOST_DISTINCT = 20_000;
  private static final int MOST_SHAPES = 16;
  private static final double USUAL = 0.98;
  private static final int FEW_WORDS = 5;
  private static final int FEW_VALUES = 20;
  private static final int MANY = 6; // decimals, which need not be alike
  private static final int MOST_CYCLE = 366; // hours, weekdays, days of a year come again

  /** Where a cell stands. */
  public record Cell(String text, String file, long line) {}

  private final String name;
  private final Map<String, Seen> distinct = new LinkedHashMap<>();
  private final Map<String, Shape> shapes = new LinkedHashMap<>();
  private final Map<String, Integer> words = new LinkedHashMap<>();
  private final long[] numbers = new long[Numbers.FORMS.size()];
  private long cells;
  private long rows;
  private long whole;
  private long counted;
  private long ascending;
  private int decimals;
  private double previous = Double.NaN;
  private double least = Double.POSITIVE_INFINITY;
  private double most = Double.NEGATIVE_INFINITY;
  private Numbers form = Numbers.PLAIN;

  /** What a value is, found once however often it comes. */
  private static final class Seen {
    final double number; // NaN where it is no plain one
    final boolean[] forms; // in which it is a number
    final boolean word; // a number in none
    final @Nullable Shape shape; // of what is no plain number
    int count;

    Seen(double number, boolean[] forms, boolean word, @Nullable Shape shape) {
      this.number = number;
      this.forms = forms;
      this.word = word;
      this.shape = shape;
    }
  }

  /** A form of cells that are no plain numbers. */
  private static final class Shape {
    final Cell first;
    long count;

    Shape(Cell first) {
      this.first = first;
    }
  }

  public Column(String name) {
    this.name = name;
  }

  public void see(String cell, Path file, long line) {
    rows++;
    if (MissingWords.isMissing(cell)) {
      return;
    }
    cells++;
    Seen seen = distinct.get(cell);
    if (seen == null) {
      seen = look(cell, file, line);
      if (distinct.size() <= MOST_DISTINCT) {
        distinct.put(cell, seen);
      }
    }
    count(cell, seen);
  }

  private Seen look(String cell, Path file, long line) {
    OptionalDouble plain = Numbers.PLAIN.read(cell);
    if (plain.isPresent()) {
      int point = cell.lastIndexOf('.');
      decimals = Math.max(decimals, point < 0 ? 0 : Math.min(MANY, cell.length() - 1 - point));
      return new Seen(plain.getAsDouble(), NO_FORMS, false, null);
    }
    boolean[] forms = new boolean[numbers.length];
    boolean number = false;
    for (int i = 1; i < forms.length && Numbers.mayBeNumber(cell); i++) {
      forms[i] = Numbers.FORMS.get(i).read(cell).isPresent();
      number |= forms[i];
    }
    return new Seen(Double.NaN, forms, !number, shape(cell, file, line));
  }

  private @Nullable Shape shape(String cell, Path file, long line) {
    String shape = TimeForms.shape(cell);
    Shape known = shapes.get(shape);
    if (known == null && shapes.size() < MOST_SHAPES) {
      known = new Shape(new Cell(cell, file.toString(), line));
      shapes.put(shape, known);
    }
    return known;
  }

  private void count(String cell, Seen seen) {
    seen.count++;
    if (!Double.isNaN(seen.number)) {
      numbers[0]++;
      seeNumber(seen.number);
      return;
    }
    for (int i = 1; i < numbers.length; i++) {
      numbers[i] += seen.forms[i] ? 1 : 0;
    }
    if (seen.word && (words.size() <= MOST_DISTINCT || words.containsKey(cell))) {
      words.merge(cell, 1, Integer::sum);
    }
    if (seen.shape != null) {
      seen.shape.count++;
    }
  }

  private void seeNumber(double number) {
    whole += number == Math.rint(number) ? 1 : 0;
    counted += number == previous + 1 ? 1 : 0;
    ascending += number > previous ? 1 : 0;
    previous = number;
    least = Math.min(least, number);
    most = Math.max(most, number);
  }

  /** Once all cells were seen: numbers in another form than the plain one are numbers, too. */
  public void readAs(Numbers numbersForm) {
    form = numbersForm;
  }

  /** How many cells are no plain number but one in a form. */
  public long written(int numbersForm) {
    return numbers[numbersForm];
  }

  public String name() {
    return name;
  }

  public static List<String> names(List<Column> columns) {
    return columns.stream().map(Column::name).toList();
  }

  /** How many rows have a cell here that does not mean missing. */
  public long cells() {
    return cells;
  }

  public long rows() {
    return rows;
  }

  /** How many cells are numbers. */
  private long numberCells() {
    long count = numbers[0];
    for (int i = 1; i < Numbers.FORMS.size(); i++) {
      count += Numbers.FORMS.get(i).equals(form) ? numbers[i] : 0;
    }
    return count;
  }

  /** Whether it holds numbers, but for some words that mean missing and a few bad cells. */
  public boolean isNumeric() {
    long found = numberCells();
    if (cells == 0 || found == cells) {
      return cells > 0;
    }
    if (found < cells / 2) {
      return false;
    }
    boolean meansMissing = words.keySet().stream().allMatch(MissingWords::isNoValue);
    boolean measured = distinct.size() - words.size() > FEW_VALUES;
    boolean fewWords = words.size() <= FEW_WORDS;
    return meansMissing || (measured && (fewWords || found >= USUAL * cells));
  }

  public boolean isText() {
    return cells > 0 && !isNumeric();
  }

  /** Words among its numbers that stand for a missing value; single ones are bad cells. */
  public List<String> missingWords() {
    List<String> found = new ArrayList<>();
    if (isNumeric()) {
      words.forEach(
          (word, count) -> {
            if (MissingWords.isNoValue(word) || (words.size() <= FEW_WORDS && count > 1)) {
              found.add(word);
            }
          });
    }
    return found;
  }

  /** How many of its cells are neither numbers nor words for missing. */
  public long badCells() {
    List<String> missing = missingWords();
    return isNumeric()
        ? words.entrySet().stream()
            .filter(word -> !missing.contains(word.getKey()))
            .mapToLong(Map.Entry::getValue)
            .sum()
        : 0;
  }

  public boolean isWhole() {
    return cells > 0 && whole == cells;
  }

  /** Whether it numbers the rows: it says nothing of what was measured. */
  public boolean isRowNumber() {
    boolean cycles = distinct.size() <= MOST_CYCLE && 3L * distinct.size() < cells;
    return isWhole() && cells > 2 && counted >= 0.9 * (cells - 1) && !cycles;
  }

  /** Whether numbers ascend from row to row more often than not. */
  public boolean isAscending() {
    return ascending >= 0.9 * (cells - 1);
  }

  /** Whether no two cells are alike, as far as they were counted. */
  public boolean isDistinct() {
    return cells > 0 && distinct.size() == Math.min(cells, MOST_DISTINCT + 1);
  }

  /** How many values it has; at most a few thousand are counted. */
  public int distinct() {
    return distinct.size();
  }

  /** Its values and how often each is, as far as they are counted. */
  public Map<String, Integer> values() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    distinct.forEach((value, seen) -> counts.put(value, seen.count));
    return counts;
  }

  /** The same without counts. */
  public Set<String> texts() {
    return distinct.keySet();
  }

  public boolean isConstant() {
    return distinct.size() <= 1;
  }

  /** How many decimals its numbers have at most, or many. */
  public int decimals() {
    return decimals;
  }

  public double least() {
    return least;
  }

  public double most() {
    return most;
  }

  /** The number that a cell is. */
  OptionalDouble number(String cell) {
    OptionalDouble plain = Numbers.PLAIN.read(cell);
    return plain.isPresent() ? plain : form.read(cell);
  }

  /** The first cell of each of the usual forms of its text. */
  public List<Cell> usualShapes() {
    List<Cell> found = new ArrayList<>();
    long text = cells - numbers[0];
    for (Shape each : shapes.values()) {
      if (each.count >= (1 - USUAL) * text) {
        found.add(each.first);
      }
    }
    return found;
  }

  /** The first cell that is no plain number. */
  public Cell firstText() {
    return shapes.values().iterator().next().first;
  }
}
