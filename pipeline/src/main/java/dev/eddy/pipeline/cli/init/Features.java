package dev.eddy.pipeline.cli.init;

import dev.eddy.pipeline.cli.init.table.Column;
import dev.eddy.pipeline.cli.init.table.CsvTables;
import dev.eddy.pipeline.cli.init.table.Numbers;
import dev.eddy.pipeline.cli.init.table.TimeForms;
import dev.eddy.pipeline.cli.init.table.TimeGuess;
import dev.eddy.pipeline.rows.Categories;
import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What each column that is neither time nor key is for.
 *
 * @param numeric columns that are features
 * @param categorical columns that are features
 * @param statics those of them that belong to the key
 * @param ignored columns that are no features
 * @param targets the numeric features to forecast; empty: there is a label
 * @param label the column that holds the class of each row
 */
record Features(
    List<String> numeric,
    List<String> categorical,
    List<String> statics,
    List<String> ignored,
    List<String> targets,
    Optional<String> label) {

  private static final int MOST_CATEGORIES = Categories.MANY;
  private static final String TARGET_NAMES =
      "target|y|value|load|demand|consumption|sales|_value|close|price";
  private static final String LABEL_NAMES = "label|class|activity|anomaly|fault";

  /** Of a file whose cells are all one feature. */
  static Features ofValue(String value, List<String> ignored) {
    List<String> one = List.of(value);
    return new Features(one, List.of(), List.of(), ignored, one, Optional.empty());
  }

  static Features of(
      CsvTables tables,
      List<Column> columns,
      TimeGuess time,
      Optional<String> key,
      InitWishes wishes) {
    List<Column> free =
        columns.stream()
            .filter(column -> !time.columns().contains(column.name()))
            .filter(column -> !key.equals(Optional.of(column.name())))
            .toList();
    Optional<String> label = wishes.label();
    if (label.isEmpty() && wishes.targets().isEmpty()) {
      label = free.stream().filter(Features::isLabel).map(Column::name).findFirst();
    }
    List<String> numeric = new ArrayList<>();
    List<String> categorical = new ArrayList<>();
    List<String> ignored = new ArrayList<>();
    for (Column column : free) {
      if (!label.equals(Optional.of(column.name()))) {
        kind(column, wishes, numeric, categorical, ignored).add(column.name());
      }
    }
    List<String> targets =
        label.isPresent() ? List.of() : targets(tables, columns, numeric, wishes);
    return new Features(numeric, categorical, List.of(), ignored, targets, label);
  }

  private static boolean isLabel(Column column) {
    return column.name().toLowerCase(Locale.ROOT).matches(LABEL_NAMES)
        && (column.isText() || column.isWhole())
        && !column.isConstant()
        && column.distinct() <= MOST_CATEGORIES;
  }

  private static List<String> kind(
      Column column,
      InitWishes wishes,
      List<String> numeric,
      List<String> categorical,
      List<String> ignored) {
    boolean wished = wishes.targets().contains(column.name());
    if (column.isNumeric() && (wished || (!column.isRowNumber() && !column.isConstant()))) {
      return numeric;
    }
    boolean few = column.isText() && !column.isConstant() && column.distinct() <= MOST_CATEGORIES;
    return few ? categorical : ignored;
  }

  private static List<String> targets(
      CsvTables tables, List<Column> columns, List<String> numeric, InitWishes wishes) {
    for (String target : wishes.targets()) {
      if (!numeric.contains(target)) {
        throw new UserMistake("--target: " + target + " (must be a column of numbers)");
      }
    }
    if (numeric.isEmpty()) {
      throw new UserMistake(
          "--from: "
              + tables.first()
              + ": no column of numbers that change (must have one to forecast)"
              + stopped(columns));
    }
    return wishes.targets().isEmpty()
        ? List.of(
            numeric.stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).matches(TARGET_NAMES))
                .findFirst()
                .orElse(numeric.get(0)))
        : wishes.targets();
  }

  /** The first cell that is no number in the column that is nearest to being one. */
  private static String stopped(List<Column> columns) {
    return columns.stream()
        .filter(column -> column.isText() && column.texts().stream().anyMatch(Numbers::isNumber))
        .findFirst()
        .or(() -> columns.stream().filter(Features::hasDigits).findFirst())
        .map(Column::firstText)
        .map(
            cell ->
                "; "
                    + cell.file()
                    + ":"
                    + cell.line()
                    + ": '"
                    + cell.text()
                    + "' is none (replay.missing, decimal, thousands, comment and units-row in a"
                    + " YAML of your own read others)")
        .orElse("");
  }

  /** Whether cells have digits and are no times: $ 1.20, 20 °C, 35 %. */
  private static boolean hasDigits(Column column) {
    return column.isText()
        && column.texts().stream()
            .allMatch(cell -> cell.matches(".*\\d.*") && !TimeForms.isTime(cell));
  }

  /** The columns that are features, of all. */
  List<Column> candidates(List<Column> columns) {
    return columns.stream()
        .filter(each -> numeric.contains(each.name()) || categorical.contains(each.name()))
        .toList();
  }

  /**
   * The same after a look at whole series: what does not change within them is static, what gives
   * the label away is left out.
   *
   * @param asks told what the user should look at
   */
  Features told(SeriesLook look, List<String> asks) {
    Set<String> constant = look.statics();
    List<String> statics =
        constant.stream().filter(name -> !targets.contains(name)).sorted().toList();
    List<String> ahead =
        look.knownAhead().stream()
            .filter(name -> numeric.contains(name) && !targets.contains(name))
            .filter(name -> !constant.contains(name))
            .toList();
    if (!ahead.isEmpty()) {
      asks.add(
          String.join(", ", ahead)
              + ": goes on behind the last "
              + String.join(", ", targets)
              + ": if it is known ahead of time, write input.future: ["
              + String.join(", ", ahead)
              + "]");
    }
    Set<String> away = label.isPresent() ? look.givingAway() : Set.of();
    for (String name : away) {
      asks.add(
          name
              + ": left out: it seems to give "
              + label.orElseThrow()
              + " away (if it is known before, add it to input.features)");
    }
    return new Features(
        without(numeric, away),
        without(categorical, away),
        without(statics, away),
        with(ignored, away),
        targets,
        label);
  }

  private static List<String> without(List<String> names, Set<String> some) {
    return names.stream().filter(name -> !some.contains(name)).toList();
  }

  private static List<String> with(List<String> names, Set<String> some) {
    List<String> all = new ArrayList<>(names);
    all.addAll(some);
    return all;
  }
}
