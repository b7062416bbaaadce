package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.pipeline.cli.report.ReportTable;
import java.util.ArrayList;
import java.util.List;

/** Says on the console how good a model is: tables of scores, and sentences about them. */
public final class EvaluationText {
  /** More rows of keys than this are left to the report. */
  private static final int MOST_ROWS = 12;

  private EvaluationText() {}

  /** The console's tables: all keys together, horizon by horizon, the worst keys. */
  public static List<String> lines(Evaluation evaluation, HorizonNames names) {
    List<String> lines = new ArrayList<>();
    if (!evaluation.forecasts().isEmpty()) {
      ForecastTables tables = new ForecastTables(evaluation, names);
      List<ForecastScore> some = tables.someOfPooled();
      lines.addAll(tables.errors(some).lines());
      lines.add("");
      lines.addAll(tables.besideNaive(some).lines());
      tables.leftOut().ifPresent(lines::add);
      lines.addAll(tables.unlike());
      addKeys(lines, tables.keys());
    } else if (!evaluation.classes().isEmpty()) {
      ClassTables tables = new ClassTables(evaluation);
      lines.addAll(tables.besideNaive().lines());
      lines.add("");
      lines.addAll(tables.labels().lines());
      lines.add("");
      lines.addAll(tables.confusion().lines());
      addKeys(lines, tables.keys());
    } else {
      lines.add("nothing to score: no test part, or no actual observed in it");
    }
    return lines;
  }

  private static void addKeys(List<String> lines, ReportTable keys) {
    lines.add("");
    lines.addAll(new ReportTable(keys.heads(), first(keys.rows())).lines());
    int more = keys.rows().size() - MOST_ROWS;
    if (more > 0) {
      lines.add("… and " + more + " rows more, better ones; --json has all, and so has a report");
    }
  }

  private static List<List<String>> first(List<List<String>> rows) {
    return rows.subList(0, Math.min(MOST_ROWS, rows.size()));
  }

  /** Whether the model beats what anyone could say without one, and by how much. */
  public static List<String> verdicts(Evaluation evaluation, HorizonNames names) {
    if (!evaluation.forecasts().isEmpty()) {
      return new ForecastTables(evaluation, names).verdicts();
    }
    return evaluation.classes().isEmpty() ? List.of() : new ClassTables(evaluation).verdicts();
  }
}
