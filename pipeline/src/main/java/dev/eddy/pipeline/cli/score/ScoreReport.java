package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.ClassScore;
import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.score.LevelCoverage;
import dev.eddy.model.score.NaiveScore;
import dev.eddy.pipeline.cli.report.Chart;
import dev.eddy.pipeline.cli.report.ConfusionPlot;
import dev.eddy.pipeline.cli.report.Element;
import dev.eddy.pipeline.cli.report.Folded;
import dev.eddy.pipeline.cli.report.LinePlot;
import dev.eddy.pipeline.cli.report.LinePlot.Curve;
import dev.eddy.pipeline.cli.report.LinePlot.Point;
import dev.eddy.pipeline.cli.report.ReportTable;
import dev.eddy.pipeline.cli.report.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/** Lays the scores of a run out as sections of its report. */
public final class ScoreReport {
  private static final int MOST_STYLES = 6;
  private static final int MOST_KEYS = 24; // rows; where there are more, some are shown
  private static final int SOME_KEYS = 12;

  private final HorizonNames names;

  private ScoreReport(HorizonNames names) {
    this.names = names;
  }

  /** Everything that {@code judge} has to show. */
  public static List<Section> sections(Judge judge, HorizonNames names) {
    return new ScoreReport(names).of(judge);
  }

  private List<Section> of(Judge judge) {
    Evaluation evaluation = judge.evaluation();
    List<Section> sections = new ArrayList<>();
    if (!evaluation.forecasts().isEmpty()) {
      forecasts(evaluation, judge, sections);
    } else if (!evaluation.classes().isEmpty()) {
      classes(evaluation, judge, sections);
    }
    return sections;
  }

  private void forecasts(Evaluation evaluation, Judge judge, List<Section> sections) {
    ForecastTables tables = new ForecastTables(evaluation, names);
    List<ForecastScore> pooled = tables.pooled();
    List<ForecastScore> some = tables.someOfPooled();
    sections.add(
        new Section(
            "Scores",
            "All keys together. The MAE is that of the median; MASE divides it by each key's"
                + " seasonal naive MAE before the scored period. "
                + String.join(" ", tables.unlike())
                + tables.leftOut().map(line -> " " + line).orElse(""),
            tables(tables.errors(some), tables.errors(pooled), "All horizons")));
    sections.add(
        new Section(
            "Beside the naive forecasters",
            "Mean absolute errors over the same targets, or relative ones where keys differ in"
                + " scale. A baseline is what the model's forecasts are"
                + " residuals to, where it is none of the others.",
            tables(tables.besideNaive(some), tables.besideNaive(pooled), "All horizons")));
    addFigures(evaluation, sections);
    sections.addAll(judge.plots());
    sections.add(
        new Section("Keys", "The worst first, by MASE where it is known.", keys(tables.keys())));
  }

  private void addFigures(Evaluation evaluation, List<Section> sections) {
    KeyScores keys = new KeyScores(evaluation);
    List<Chart> byHorizon = new ArrayList<>();
    List<Chart> calibration = new ArrayList<>();
    for (String target :
        evaluation.forecasts().stream().map(ForecastScore::target).distinct().toList()) {
      List<ForecastScore> horizons =
          evaluation.pooledForecasts().stream()
              .filter(score -> score.target().equals(target))
              .toList();
      if (horizons.size() > 1) {
        byHorizon.add(byHorizon(target, horizons, keys));
      }
      if (horizons.get(0).levels().size() > 1) {
        calibration.add(calibration(target, horizons));
      }
    }
    add(sections, "Error by horizon", "", byHorizon);
    add(
        sections,
        "Calibration",
        "How often actuals were at or below each quantile, against the quantile's level: on the"
            + " diagonal where intervals are true.",
        calibration);
  }

  /** What a reader looks at first, and all of it to unfold. */
  private static List<Element> tables(ReportTable some, ReportTable all, String summary) {
    return some.equals(all) ? List.of(all) : List.of(some, new Folded(summary, all));
  }

  private static List<Element> keys(ReportTable all) {
    int rows = all.rows().size() > MOST_KEYS ? SOME_KEYS : all.rows().size();
    return tables(new ReportTable(all.heads(), all.rows().subList(0, rows)), all, "All keys");
  }

  private static void add(
      List<Section> sections, String heading, String intro, List<Chart> figures) {
    if (!figures.isEmpty()) {
      sections.add(new Section(heading, intro, figures));
    }
  }

  private Chart byHorizon(String target, List<ForecastScore> horizons, KeyScores keys) {
    List<Curve> curves = new ArrayList<>();
    List<NaiveScore> naive = horizons.get(0).naive();
    Map<Integer, Compared> compared = new HashMap<>();
    horizons.forEach(each -> compared.put(each.horizon(), Compared.of(each, keys)));
    for (int i = Math.min(naive.size(), MOST_STYLES) - 1; i >= 0; i--) { // persistence on top
      String name = naive.get(i).name();
      curves.add(
          curve(
              name,
              "naive-" + i,
              horizons,
              each -> Objects.requireNonNull(compared.get(each.horizon())).of(name)));
    }
    curves.add(
        curve(
            "model",
            "model",
            horizons,
            each -> Objects.requireNonNull(compared.get(each.horizon())).model()));
    String error = Compared.isRelative(horizons.get(0)) ? "relative error" : "MAE";
    return new LinePlot(target, "horizon", error + " of " + target, false, names.step(), curves)
        .chart();
  }

  private static Curve curve(
      String name,
      String style,
      List<ForecastScore> horizons,
      ToDoubleFunction<ForecastScore> figure) {
    return new Curve(
        name,
        style,
        horizons.stream()
            .map(score -> new Point(score.horizon(), figure.applyAsDouble(score)))
            .toList());
  }

  private Chart calibration(String target, List<ForecastScore> horizons) {
    List<Curve> curves = new ArrayList<>();
    List<ForecastScore> shown = Spread.over(horizons, 4);
    for (int i = 0; i < shown.size() && horizons.size() > 1; i++) {
      curves.add(
          levels(names.shortly(shown.get(i).horizon()), "naive-" + i, shown.get(i).levels()));
    }
    curves.add(
        levels(
            horizons.size() > 1 ? "mean over horizons" : names.shortly(horizons.get(0).horizon()),
            "model",
            ForecastScore.mean(horizons).levels()));
    return new LinePlot(target, "quantile level", "share of actuals", true, 0, curves).chart();
  }

  private static Curve levels(String name, String style, List<LevelCoverage> levels) {
    return new Curve(
        name,
        style,
        levels.stream().map(each -> new Point(each.level(), each.observed())).toList());
  }

  private static void classes(Evaluation evaluation, Judge judge, List<Section> sections) {
    ClassTables tables = new ClassTables(evaluation);
    sections.add(
        new Section(
            "Scores",
            "All keys together, beside answers that need no model.",
            List.of(tables.besideNaive())));
    sections.add(new Section("Labels", "", List.of(tables.labels())));
    for (ClassScore pooled : evaluation.pooledClasses()) {
      Map<String, Map<String, Long>> counts = pooled.confusion();
      sections.add(
          new Section(
              "Confusion",
              "Frames by their true label and the answer; shaded by the share of the true label.",
              List.of(new ConfusionPlot(counts))));
    }
    sections.addAll(judge.plots());
    sections.add(new Section("Keys", "The least accurate first.", keys(tables.keys())));
  }
}
