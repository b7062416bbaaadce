package dev.eddy.pipeline.evaluation.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a version's predictions turned out in a window of event time. Those of one version add up,
 * also where a window has several.
 *
 * @param model the version
 * @param shadow whether it served in the shadow of another
 * @param from start of the window, epoch milliseconds
 * @param to its end
 * @param predictions that it made
 * @param late scores that belong to an earlier window
 * @param forecasts of each target and horizon where any was scored
 * @param classes where it tells classes apart and any was scored
 */
public record Scores(
    String model,
    boolean shadow,
    long from,
    long to,
    long predictions,
    long late,
    List<ForecastOnline> forecasts,
    Optional<ClassesOnline> classes)
    implements EvaluationRecord {
  public Scores {
    forecasts = List.copyOf(forecasts);
  }

  /** The same in as many records as it takes, which add up to it. */
  List<Scores> parts(int most) {
    List<Scores> parts = new ArrayList<>(List.of(part(0, most, predictions, late, classes)));
    for (int from = most; from < forecasts.size(); from += most) {
      parts.add(part(from, most, 0, 0, Optional.empty()));
    }
    return parts;
  }

  private Scores part(
      int first, int most, long made, long behind, Optional<ClassesOnline> ofClasses) {
    List<ForecastOnline> some = forecasts.subList(first, Math.min(forecasts.size(), first + most));
    return new Scores(model, shadow, from, to, made, behind, some, ofClasses);
  }

  /** The same of both windows together. */
  public Scores with(Scores other) {
    Map<String, ForecastOnline> both = new LinkedHashMap<>();
    List<ForecastOnline> all = new ArrayList<>(forecasts);
    all.addAll(other.forecasts);
    all.forEach(
        each -> both.merge(each.horizon() + " " + each.target(), each, ForecastOnline::with));
    Optional<ClassesOnline> together =
        classes.isPresent() && other.classes.isPresent()
            ? Optional.of(classes.get().with(other.classes.get()))
            : classes.or(other::classes);
    return new Scores(
        model,
        shadow,
        Math.min(from, other.from),
        Math.max(to, other.to),
        predictions + other.predictions,
        late + other.late,
        List.copyOf(both.values()),
        together);
  }
}
