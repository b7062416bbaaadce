package dev.eddy.model.training;

import dev.eddy.model.inference.ClassScore;
import dev.eddy.model.inference.ForecastScore;
import java.util.List;

/**
 * How well a model did on the test part, beside the naive ways. Both lists are empty without a test
 * part, one is empty with it.
 *
 * @param forecasts one for each key and horizon, then one for each horizon over all keys ({@link
 *     ForecastScore#ALL})
 * @param classes one for each key, then one over all keys
 */
public record Evaluation(List<ForecastScore> forecasts, List<ClassScore> classes) {
  public Evaluation {
    forecasts = List.copyOf(forecasts);
    classes = List.copyOf(classes);
  }

  /** No test part. */
  static Evaluation none() {
    return new Evaluation(List.of(), List.of());
  }
}
