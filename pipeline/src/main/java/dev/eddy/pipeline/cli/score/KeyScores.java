package dev.eddy.pipeline.cli.score;

import dev.eddy.model.score.Evaluation;
import dev.eddy.model.score.ForecastScore;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the keys' scores that one of all keys together stands for. */
final class KeyScores {
  private final Map<Place, List<ForecastScore>> byPlace;
  private final Map<String, List<ForecastScore>> byTarget;

  /** What keys have in common. */
  private record Place(String target, int horizon) {}

  KeyScores(Evaluation evaluation) {
    List<ForecastScore> keys = evaluation.forecastsOfKeys();
    byPlace = keys.stream().collect(Collectors.groupingBy(KeyScores::place));
    byTarget = keys.stream().collect(Collectors.groupingBy(ForecastScore::target));
  }

  private static Place place(ForecastScore score) {
    return new Place(score.target(), score.horizon());
  }

  /** Of each key at the score's horizon, or at all where it is a mean over them. */
  List<ForecastScore> of(ForecastScore pooled) {
    return ForecastRows.isMean(pooled)
        ? byTarget.getOrDefault(pooled.target(), List.of())
        : byPlace.getOrDefault(place(pooled), List.of());
  }
}
