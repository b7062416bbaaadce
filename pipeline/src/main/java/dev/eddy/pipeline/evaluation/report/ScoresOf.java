package dev.eddy.pipeline.evaluation.report;

import dev.eddy.connectors.event.PredictionShape.Forecast;
import dev.eddy.pipeline.evaluation.report.ClassesOnline.LabelOnline;
import dev.eddy.pipeline.evaluation.window.ClassFigure;
import dev.eddy.pipeline.evaluation.window.ForecastFigure;
import dev.eddy.pipeline.evaluation.window.WindowSums;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes means of a window's sums. */
final class ScoresOf {
  private final WindowSums sums;

  ScoresOf(WindowSums sums) {
    this.sums = sums;
  }

  /** The scores of a window of that length. */
  Scores scores(long length) {
    boolean forecasts = sums.of().shape() instanceof Forecast;
    return new Scores(
        sums.of().shape().model(),
        sums.of().shadow(),
        sums.window(),
        sums.window() + length,
        sums.answers(),
        sums.late(),
        forecasts ? forecasts((Forecast) sums.of().shape()) : List.of(),
        forecasts || sums.count() == 0 ? Optional.empty() : Optional.of(classes()));
  }

  private List<ForecastOnline> forecasts(Forecast shape) {
    List<Double> levels = shape.quantiles();
    double nominal = levels.get(levels.size() - 1) - levels.get(0);
    List<ForecastOnline> scores = new ArrayList<>();
    for (int column = 0; column < sums.columns(); column++) {
      if (sums.get(column, ForecastFigure.COUNT) > 0) {
        int horizons = shape.horizons().size();
        String target = shape.targets().get(column / horizons);
        scores.add(forecast(column, target, shape.horizons().get(column % horizons), nominal));
      }
    }
    return scores;
  }

  private ForecastOnline forecast(int column, String target, int horizon, double nominal) {
    double early = sums.get(column, ForecastFigure.EARLY_COUNT);
    return new ForecastOnline(
        target,
        horizon,
        (long) sums.get(column, ForecastFigure.COUNT),
        mean(column, ForecastFigure.ABSOLUTE),
        mean(column, ForecastFigure.SQUARED),
        mean(column, ForecastFigure.PINBALL),
        new ForecastOnline.Interval(
            mean(column, ForecastFigure.COVERED), nominal, mean(column, ForecastFigure.WIDTH)),
        mean(column, ForecastFigure.PERSISTENCE_ABSOLUTE),
        mean(column, ForecastFigure.PERSISTENCE_SQUARED),
        new ForecastOnline.Early(
            (long) early,
            early == 0 ? 0 : sums.get(column, ForecastFigure.EARLY_ABSOLUTE) / early,
            early == 0 ? 0 : sums.get(column, ForecastFigure.EARLY_COVERED) / early));
  }

  private double mean(int column, ForecastFigure figure) {
    return sums.get(column, figure) / sums.get(column, ForecastFigure.COUNT);
  }

  private ClassesOnline classes() {
    double count = sums.get(ClassFigure.COUNT);
    return new ClassesOnline(
        (long) count,
        sums.get(ClassFigure.RIGHT) / count,
        sums.get(ClassFigure.LOG_LOSS) / count,
        sums.get(ClassFigure.PREVIOUS_RIGHT) / count,
        labels());
  }

  private Map<String, LabelOnline> labels() {
    Map<String, LabelOnline> labels = new LinkedHashMap<>();
    for (int label = 0; label <= sums.labels().size(); label++) {
      LabelOnline counts =
          new LabelOnline(
              (long) sums.get(label, ClassFigure.OCCURRED),
              (long) sums.get(label, ClassFigure.ANSWERED),
              (long) sums.get(label, ClassFigure.HIT));
      if (counts.occurred() + counts.answered() > 0) {
        boolean known = label < sums.labels().size();
        labels.put(known ? sums.labels().get(label) : ClassesOnline.UNKNOWN, counts);
      }
    }
    return labels;
  }
}
