package dev.eddy.pipeline.cli.init;

import dev.eddy.connectors.file.settings.ReplaySettings.Layout;
import dev.eddy.pipeline.cli.init.table.Column;
import dev.eddy.pipeline.cli.init.table.TableHead;
import dev.eddy.pipeline.cli.init.table.TimeForms;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Tells tables whose columns, or whose rows, are whole series. */
final class WideShape {
  /** What their cells are called. */
  static final String VALUE = "value";

  private static final int LEAST_SERIES_COLUMNS = 12;
  private static final int LEAST_KEYS = 4;
  private static final int LEAST_NAMED_KEYS = 8; // a machine seldom has so many alike sensors
  private static final double ALIKE = 4; // times the least of the greatest values
  private static final int DECIMALS = 1; // by how many columns that are alike may differ
  private static final Pattern MEASURED =
      Pattern.compile(
          "(y|x|z|target|label|class|count|value|temp.*|hum.*|press.*|flow|speed|wind|volt.*|curr.*"
              + "|power|energy|load|demand|price|volume|open|high|low|close|rain.*|co2?|no2?|so2|o3"
              + "|pm\\d*|lat.*|lon.*|min|max|mean|avg|std|var)");

  private WideShape() {}

  /** Whether the first column names the rows, and all others are numbered, or are times. */
  static boolean areSeries(List<Column> columns, InitWishes wishes) {
    if (wishes.layout().isPresent()) {
      return wishes.layout().get() == Layout.SERIES;
    }
    Column first = columns.get(0);
    List<Column> values = columns.subList(1, columns.size());
    return values.size() >= LEAST_SERIES_COLUMNS
        && (first.isText() || KeyFinder.isNamed(first))
        && first.isDistinct()
        && !(first.cells() > 0
            && first.usualShapes().stream().anyMatch(c -> TimeForms.isTime(c.text())))
        && wishes.targets().isEmpty()
        && wishes.label().isEmpty()
        && wishes.key().map(first.name()::equals).orElse(true)
        && values.stream().noneMatch(Column::isText)
        && (TableHead.areNumbered(Column.names(values))
            || TableHead.areTimes(Column.names(values)));
  }

  /** The columns that could be keys: numbers that are neither the time nor count the rows. */
  static List<Column> keys(List<Column> columns, List<String> time) {
    return columns.stream()
        .filter(column -> !time.contains(column.name()))
        .filter(column -> column.isNumeric() && !column.isRowNumber())
        .toList();
  }

  /**
   * Whether all columns but the time's are keys: alike in range and named by numbers, or so many
   * that are alike that no one series would have them.
   */
  static boolean areKeys(List<Column> columns, List<String> time, InitWishes wishes) {
    List<Column> keys = keys(columns, time);
    if (wishes.layout().isPresent()) {
      return wishes.layout().get() == Layout.WIDE && !keys.isEmpty();
    }
    return isFree(columns, keys, time, wishes)
        && keys.size() >= LEAST_KEYS
        && areAlike(keys)
        && (areNumbers(keys) || (keys.size() >= LEAST_NAMED_KEYS && areNamedAlike(keys)));
  }

  /** Whether they might as well be keys: alike, but few enough to be features of one series. */
  static boolean mayBeKeys(List<Column> columns, List<String> time, InitWishes wishes) {
    List<Column> keys = keys(columns, time);
    return wishes.layout().isEmpty()
        && isFree(columns, keys, time, wishes)
        && keys.size() >= LEAST_KEYS
        && areAlike(keys)
        && areNamedAlike(keys);
  }

  /** Whether nothing was said of the columns, and every one but empty ones may be a key. */
  private static boolean isFree(
      List<Column> columns, List<Column> keys, List<String> time, InitWishes wishes) {
    long others =
        columns.stream()
            .filter(column -> !time.contains(column.name()) && !keys.contains(column))
            .filter(column -> column.isText())
            .count();
    return others == 0
        && wishes.targets().isEmpty()
        && wishes.label().isEmpty()
        && wishes.key().isEmpty();
  }

  /** Names that are whole numbers, or one word and a number behind it. */
  private static boolean areNumbers(List<Column> values) {
    String word = values.get(0).name().replaceFirst("\\d+$", "");
    return values.stream().allMatch(each -> each.name().matches(Pattern.quote(word) + "\\d+"))
        && !word.equals("column-");
  }

  /** Columns written alike whose names say no kinds of measurement, but for one that all share. */
  private static boolean areNamedAlike(List<Column> values) {
    int[] decimals = values.stream().mapToInt(Column::decimals).sorted().toArray();
    List<Set<String>> words = values.stream().map(each -> words(each.name())).toList();
    Set<String> shared = new HashSet<>(words.get(0));
    words.forEach(shared::retainAll);
    boolean measured =
        words.stream()
            .flatMap(Set::stream)
            .anyMatch(word -> !shared.contains(word) && MEASURED.matcher(word).matches());
    return !measured
        && values.stream().noneMatch(each -> each.name().startsWith("column-"))
        && decimals[decimals.length - 1] - decimals[0] <= DECIMALS;
  }

  private static Set<String> words(String name) {
    String apart = name.replaceAll("([a-z])([A-Z])", "$1 $2").toLowerCase(Locale.ROOT);
    return Set.copyOf(Arrays.asList(apart.split("[^\\p{L}\\p{N}]+")));
  }

  private static boolean areAlike(List<Column> values) {
    double[] sizes = values.stream().mapToDouble(WideShape::size).sorted().toArray();
    double low = sizes[sizes.length / 20];
    double high = sizes[sizes.length - 1 - sizes.length / 20];
    boolean signs =
        values.stream().allMatch(each -> each.least() >= 0)
            || values.stream().anyMatch(each -> each.least() < 0);
    return signs && low > 0 && high <= ALIKE * low;
  }

  private static double size(Column column) {
    return Math.max(Math.abs(column.least()), Math.abs(column.most()));
  }
}
