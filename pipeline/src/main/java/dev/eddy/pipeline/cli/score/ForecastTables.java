package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.score.NaiveForecaster;
import dev.eddy.model.score.NaiveScore;
import dev.eddy.pipeline.cli.console.Formats;
import dev.eddy.pipeline.cli.report.ReportTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Lays the scores of forecasts out as tables, and says in sentences what they are worth. */
final class ForecastTables {
  private static final int FEW_VERDICTS = 6; // of more horizons, their mean is judged

  private final Evaluation evaluation;
  private final ForecastRows rows;
  private final KeyScores keys;
  private final boolean severalTargets;
  private final HorizonNames names;

  ForecastTables(Evaluation evaluation, HorizonNames names) {
    this.evaluation = evaluation;
    this.names = names;
    rows = new ForecastRows(evaluation);
    keys = new KeyScores(evaluation);
    severalTargets = rows.severalTargets();
  }

  /** Every horizon of all keys together, then the mean over them. */
  List<ForecastScore> pooled() {
    return rows.pooled();
  }

  /** All horizons or, of many, some with the first and the last, then the mean over all. */
  List<ForecastScore> someOfPooled() {
    return rows.someOfPooled();
  }

  /** Says which horizons are left out of some; empty if none. */
  Optional<String> leftOut() {
    return rows.leftOut(names);
  }

  /** How far off. */
  ReportTable errors(List<ForecastScore> scores) {
    List<String> heads = new ArrayList<>(places("horizon"));
    heads.addAll(List.of("scored", "MAE", "RMSE", "sMAPE", "MASE", "pinball"));
    String nominal = interval(scores);
    heads.addAll(List.of("in " + nominal, "Winkler"));
    return new ReportTable(
        heads,
        scores.stream()
            .map(
                score ->
                    Stream.concat(
                            places(score, horizon(score)).stream(),
                            Stream.of(
                                Formats.count(score.count()),
                                Formats.value(score.mae()),
                                Formats.value(score.rmse()),
                                Formats.smallPercent(score.smape() / 100),
                                Formats.value(score.mase()),
                                Formats.value(score.pinball()),
                                Formats.finePercent(score.coverage()),
                                Formats.value(score.winkler())))
                        .toList())
            .toList());
  }

  /** The model's error beside that of every naive forecaster. */
  ReportTable besideNaive(List<ForecastScore> scores) {
    List<String> heads = new ArrayList<>(places("horizon"));
    heads.add(isRelative(scores) ? "relative error" : "MAE");
    List<String> names = naiveNames(scores);
    heads.addAll(names);
    heads.add("better by");
    return new ReportTable(heads, scores.stream().map(score -> besideNaive(score, names)).toList());
  }

  private List<String> besideNaive(ForecastScore score, List<String> names) {
    Compared compared = compared(score);
    return Stream.of(
            places(score, horizon(score)).stream(),
            Stream.of(Formats.value(compared.model())),
            names.stream().map(name -> Formats.value(compared.of(name))),
            Stream.of(Formats.finePercent(1 - compared.model() / compared.best())))
        .flatMap(cells -> cells)
        .toList();
  }

  Compared compared(ForecastScore score) {
    return Compared.of(score, keys);
  }

  private boolean isRelative(List<ForecastScore> scores) {
    return scores.stream().anyMatch(Compared::isRelative);
  }

  /** Says of which targets keys differ in scale, and what is left out therefore; empty if none. */
  List<String> unlike() {
    return evaluation.unlikeScales().entrySet().stream()
        .map(
            each ->
                each.getKey()
                    + ": keys differ in scale by "
                    + Formats.count(Math.round(each.getValue()))
                    + " times (more than 10): MAE, RMSE, pinball and Winkler of all keys together"
                    + " would be the largest key's and are left out; errors beside the naive"
                    + " forecasters are each key's relative to persistence")
        .toList();
  }

  /** All that any target is scored beside; each has its own seasons, and perhaps a baseline. */
  private static List<String> naiveNames(List<ForecastScore> scores) {
    return scores.stream()
        .flatMap(score -> score.naive().stream())
        .map(NaiveScore::name)
        .distinct()
        .sorted(Comparator.comparing(ForecastTables::isBaseline)) // they come last
        .toList();
  }

  private static boolean isBaseline(String name) {
    return name.equals(NaiveForecaster.BASELINE) || name.equals(NaiveForecaster.LINEAR_BASELINE);
  }

  /** The keys' scores, those first whose forecasts are worst for what the key is like. */
  ReportTable keys() {
    List<ForecastScore> shown = rows.keys();
    List<String> heads = new ArrayList<>(List.of("key"));
    heads.addAll(places("horizon"));
    heads.addAll(
        List.of("scored", "MAE", "MASE", "best other", "better by", "in " + interval(shown)));
    return new ReportTable(heads, shown.stream().map(this::key).toList());
  }

  private List<String> key(ForecastScore score) {
    List<String> cells = new ArrayList<>(List.of(score.key()));
    cells.addAll(places(score, horizon(score)));
    cells.addAll(
        List.of(
            Formats.count(score.count()),
            Formats.value(score.mae()),
            Formats.value(score.mase()),
            Formats.value(ForecastRows.best(score).mae()),
            Formats.finePercent(1 - score.mae() / ForecastRows.best(score).mae()),
            Formats.finePercent(score.coverage())));
    return cells;
  }

  /**
   * Whether the model beats what anyone could say without one, and by how much; of several targets
   * on average over the horizons.
   */
  List<String> verdicts() {
    List<ForecastScore> scores = rows.pooled();
    boolean many = severalTargets || rows.horizons().size() > FEW_VERDICTS;
    boolean means = many && scores.stream().anyMatch(ForecastRows::isMean);
    return scores.stream()
        .filter(score -> !means || ForecastRows.isMean(score))
        .map(score -> verdict(score) + (means ? atHorizons(score.target()) : ""))
        .toList();
  }

  /** At how many of its horizons the model is better; a mean may hide the others. */
  private String atHorizons(String target) {
    List<ForecastScore> horizons =
        rows.pooled().stream()
            .filter(score -> !ForecastRows.isMean(score) && score.target().equals(target))
            .toList();
    long better =
        horizons.stream().map(this::compared).filter(each -> each.model() < each.best()).count();
    return "; better at " + better + " of " + horizons.size() + " horizons";
  }

  private String verdict(ForecastScore score) {
    Compared compared = compared(score);
    if (compared.nothing()) {
      return verdictOn(score) + "nothing to compare with: persistence is exact for every key";
    }
    double gain = compared.best() - compared.model();
    String share = Formats.finePercent(Math.abs(gain) / compared.best());
    return verdictOn(score)
        + (gain > 0 ? "beats the best other forecaster, " : "DOES NOT beat ")
        + compared.bestName()
        + (gain > 0 ? ", by " : ", worse by ")
        + (compared.relative()
            ? share + " of its relative error"
            : Formats.value(Math.abs(gain)) + " (" + share + ")");
  }

  private String verdictOn(ForecastScore score) {
    return (severalTargets ? score.target() + ", " : "")
        + (ForecastRows.isMean(score)
            ? "mean over horizons"
            : "horizon " + names.name(score.horizon()))
        + ": ";
  }

  private List<String> places(String horizon) {
    return severalTargets ? List.of("target", horizon) : List.of(horizon);
  }

  private List<String> places(ForecastScore score, String horizon) {
    return severalTargets ? List.of(score.target(), horizon) : List.of(horizon);
  }

  private String horizon(ForecastScore score) {
    return ForecastRows.isMean(score) ? "mean" : names.name(score.horizon());
  }

  private static String interval(List<ForecastScore> scores) {
    double nominal = scores.isEmpty() ? Double.NaN : scores.get(0).nominalCoverage();
    return Double.isNaN(nominal) ? "interval" : Formats.percent(nominal) + " interval";
  }
}
