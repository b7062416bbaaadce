package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.ClassScore;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.report.ReportTable;
import dev.eddy.pipeline.judge.Verdict;
import java.util.ArrayList;
import java.util.List;

/** Lays out how a new version did beside the champion and the naive forecasters, on the same. */
public final class ContestTable {
  private static final String NEW = "the new version";
  private static final String UNKNOWN = Formats.value(Double.NaN);
  private static final int MOST_HORIZONS = 8; // --json has all

  private ContestTable() {}

  /** Lines of the table; none where nothing was judged. */
  public static List<String> lines(Verdict verdict, HorizonNames names) {
    if (verdict.own().isEmpty()) {
      return List.of();
    }
    return (verdict.own().classes().isEmpty() ? forecasts(verdict, names) : classes(verdict))
        .lines();
  }

  private static ReportTable forecasts(Verdict verdict, HorizonNames names) {
    List<List<String>> rows = new ArrayList<>();
    List<ForecastScore> own = verdict.own().pooledForecasts();
    for (ForecastScore score : own.subList(0, Math.min(MOST_HORIZONS, own.size()))) {
      String horizon = score.target() + " " + names.name(score.horizon());
      rows.add(row(horizon, NEW, score));
      verdict
          .other()
          .ifPresent(other -> rows.add(row(horizon, champion(verdict), same(other, score))));
      score
          .naive()
          .forEach(
              each ->
                  rows.add(
                      List.of(
                          horizon,
                          each.name(),
                          Formats.value(each.mae()),
                          UNKNOWN,
                          UNKNOWN,
                          Formats.value(each.mase()),
                          UNKNOWN,
                          UNKNOWN,
                          UNKNOWN)));
    }
    return new ReportTable(
        List.of(
            "horizon",
            "forecaster",
            "MAE",
            "RMSE",
            "sMAPE",
            "MASE",
            "pinball",
            "in interval",
            "Winkler"),
        rows);
  }

  private static String champion(Verdict verdict) {
    return verdict.champion().orElse("champion");
  }

  private static ForecastScore same(Evaluation other, ForecastScore score) {
    return other.pooledForecasts().stream()
        .filter(each -> each.target().equals(score.target()))
        .filter(each -> each.horizon() == score.horizon())
        .findFirst()
        .orElse(score);
  }

  private static List<String> row(String horizon, String who, ForecastScore score) {
    return List.of(
        horizon,
        who,
        Formats.value(score.mae()),
        Formats.value(score.rmse()),
        Formats.value(score.smape()),
        Formats.value(score.mase()),
        Formats.value(score.pinball()),
        Formats.finePercent(score.coverage()),
        Formats.value(score.winkler()));
  }

  private static ReportTable classes(Verdict verdict) {
    ClassScore own = verdict.own().pooledClasses().get(0);
    List<Double> logLosses = verdict.logLosses();
    List<List<String>> rows = new ArrayList<>();
    rows.add(row(NEW, own.accuracy(), own.macroF1(), logLosses.get(0)));
    verdict
        .other()
        .map(other -> other.pooledClasses().get(0))
        .ifPresent(
            other ->
                rows.add(
                    row(champion(verdict), other.accuracy(), other.macroF1(), logLosses.get(1))));
    rows.add(
        row(
            "majority label; frequencies",
            own.majority().accuracy(),
            own.majority().macroF1(),
            logLosses.get(2)));
    return new ReportTable(List.of("answer", "accuracy", "macro-F1", "log loss"), rows);
  }

  private static List<String> row(String who, double accuracy, double macroF1, double logLoss) {
    return List.of(who, Formats.value(accuracy), Formats.value(macroF1), Formats.value(logLoss));
  }
}
