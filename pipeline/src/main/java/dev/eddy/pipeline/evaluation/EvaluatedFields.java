package dev.eddy.pipeline.evaluation;

import dev.eddy.connectors.event.Observation;
import java.io.Serializable;
import java.util.List;

/**
 * Says what of an observation an evaluation is told.
 *
 * @param names of what is forecast; none where classes are told apart
 * @param places of {@code names} among the numeric features
 */
public record EvaluatedFields(List<String> names, List<Integer> places) implements Serializable {
  public EvaluatedFields {
    names = List.copyOf(names);
    places = List.copyOf(places);
  }

  /** Of a deployment whose observations have these numeric features. */
  public static EvaluatedFields of(List<String> targets, List<String> numeric) {
    return new EvaluatedFields(targets, targets.stream().map(numeric::indexOf).toList());
  }

  /** What happened, and what was answered to it. */
  public Answered answered(Observation observation, List<Answer> answers) {
    double[] actuals = new double[places.size()];
    for (int target = 0; target < actuals.length; target++) {
      actuals[target] = observation.numeric()[places.get(target)];
    }
    return new Answered(
        observation.key(), observation.time(), actuals, observation.label(), answers);
  }
}
