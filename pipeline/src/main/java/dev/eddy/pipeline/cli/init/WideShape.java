package dev.eddy.pipeline.cli.init;

import java.util.List;
import java.util.regex.Pattern;

/** Tells tables whose columns, or whose rows, are whole series. */
final class WideShape {
  /** What their cells are called. */
  static final String VALUE = "value";

  private static final int LEAST_SERIES_COLUMNS = 12;
  private static final int LEAST_KEYS = 4;
  private static final double ALIKE = 4; // times the least of the greatest values

  private WideShape() {}

  /** Whether the first column names the rows, and all others are numbered. */
  static boolean areSeries(List<Column> columns, InitWishes wishes) {
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
        && TableHead.areNumbered(values.stream().map(Column::name).toList());
  }

  /** Whether all columns but the time's are named by numbers, and alike in range. */
  static boolean areKeys(List<Column> columns, List<String> time, InitWishes wishes) {
    List<Column> values =
        columns.stream()
            .filter(column -> !time.contains(column.name()))
            .filter(column -> column.cells() > 0 && !column.isRowNumber())
            .toList();
    boolean free = wishes.targets().isEmpty() && wishes.label().isEmpty() && wishes.key().isEmpty();
    return free
        && values.size() >= LEAST_KEYS
        && values.stream().allMatch(Column::isNumeric)
        && areNumbers(values)
        && areAlike(values);
  }

  /** Names that are whole numbers, or one word and a number behind it. */
  private static boolean areNumbers(List<Column> values) {
    String word = values.get(0).name().replaceFirst("\\d+$", "");
    return values.stream().allMatch(each -> each.name().matches(Pattern.quote(word) + "\\d+"))
        && !word.equals("column-");
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
