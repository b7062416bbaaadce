package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import dev.eddy.model.score.NaiveScore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Chooses which scores of forecasts are shown: of many horizons some and their mean, of the keys
 * the worst first.
 */
final class ForecastRows {
  /** More horizons than this are shown by their mean where keys are compared. */
  private static final int FEW_HORIZONS = 3;

  /** Where there are more than these, some are shown. */
  private static final int MOST_HORIZONS = 24;

  private static final int SOME_HORIZONS = 12;

  private final Evaluation evaluation;

  ForecastRows(Evaluation evaluation) {
    this.evaluation = evaluation;
  }

  boolean severalTargets() {
    return evaluation.forecasts().stream().map(ForecastScore::target).distinct().count() > 1;
  }

  /** Every horizon of all keys together, then the mean over them. */
  List<ForecastScore> pooled() {
    List<ForecastScore> scores = evaluation.pooledForecasts();
    List<ForecastScore> all = new ArrayList<>();
    for (String target : scores.stream().map(ForecastScore::target).distinct().toList()) {
      List<ForecastScore> horizons =
          scores.stream().filter(score -> score.target().equals(target)).toList();
      all.addAll(horizons);
      if (horizons.size() > 1) {
        all.add(ForecastScore.mean(horizons));
      }
    }
    return all;
  }

  /** All horizons or, of many, some with the first and the last, then the mean over all. */
  List<ForecastScore> someOfPooled() {
    List<Integer> shown = shown();
    return pooled().stream()
        .filter(score -> shown.contains(score.horizon()) || isMean(score))
        .toList();
  }

  private List<Integer> shown() {
    List<Integer> all = horizons();
    return all.size() > MOST_HORIZONS ? Spread.over(all, SOME_HORIZONS) : all;
  }

  /**
   * Says which horizons {@link #someOfPooled} leaves out; empty if none.
   *
   * @param names of them
   */
  Optional<String> leftOut(HorizonNames names) {
    List<Integer> all = horizons();
    List<Integer> shown = shown();
    if (shown.size() == all.size()) {
      return Optional.empty();
    }
    List<String> between = new ArrayList<>();
    for (int i = 1; i < shown.size(); i++) {
      List<Integer> gap = all.subList(all.indexOf(shown.get(i - 1)) + 1, all.indexOf(shown.get(i)));
      if (!gap.isEmpty()) {
        between.add(range(gap));
      }
    }
    return Optional.of(
        "… "
            + (all.size() - shown.size())
            + " of "
            + all.size()
            + " horizons up to "
            + names.name(all.get(all.size() - 1))
            + " are not shown: "
            + String.join(", ", between)
            + "; --json has all, and so has a report; the mean is over all");
  }

  private static String range(List<Integer> gap) {
    int first = gap.get(0);
    int last = gap.get(gap.size() - 1);
    return first == last ? String.valueOf(first) : first + "…" + last;
  }

  List<Integer> horizons() {
    return evaluation.pooledForecasts().stream()
        .map(ForecastScore::horizon)
        .distinct()
        .sorted()
        .toList();
  }

  /** The keys' scores, those first whose forecasts are worst for what the key is like. */
  List<ForecastScore> keys() {
    List<ForecastScore> worstFirst = keysWorstFirst();
    if (horizons().size() > FEW_HORIZONS) {
      return worstFirst;
    }
    Map<List<String>, List<ForecastScore>> horizons =
        evaluation.forecastsOfKeys().stream().collect(Collectors.groupingBy(ForecastRows::series));
    return worstFirst.stream()
        .flatMap(mean -> horizons.getOrDefault(series(mean), List.of()).stream())
        .toList();
  }

  private static List<String> series(ForecastScore score) {
    return List.of(score.key(), score.target());
  }

  private List<ForecastScore> keysWorstFirst() {
    List<ForecastScore> means =
        evaluation.horizonMeans().stream().filter(score -> !score.isPooled()).toList();
    boolean scaled = means.stream().allMatch(score -> Double.isFinite(score.mase()));
    return means.stream()
        .sorted(
            Comparator.<ForecastScore>comparingDouble(
                    score -> scaled ? score.mase() : score.mae() / best(score).mae())
                .reversed())
        .toList();
  }

  /** The best of the naive forecasters beside a score. */
  static NaiveScore best(ForecastScore score) {
    return score.naive().stream().min(Comparator.comparingDouble(NaiveScore::mae)).orElseThrow();
  }

  /** Whether a score is the mean over all horizons. */
  static boolean isMean(ForecastScore score) {
    return score.horizon() == ForecastScore.ALL_HORIZONS;
  }
}
