package dev.eddy.pipeline.evaluation;

import dev.eddy.connectors.serde.EventTypeInformation;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.jspecify.annotations.Nullable;

/**
 * Tells an evaluation what happened in one observation that was stepped, and what was answered to
 * it. A key's come in the order in which they were stepped.
 *
 * @param key of the series
 * @param time of the observation, epoch milliseconds
 * @param actuals [targets of {@link EvaluatedFields}] NaN where unobserved; not copied
 * @param label what the observation was, where its record says so
 * @param answers one of the version that serves, and one of each in its shadow; none where outputs
 *     were not finite
 */
public record Answered(
    String key, long time, double[] actuals, @Nullable String label, List<Answer> answers) {

  /** How it goes from task to task. */
  public static final TypeInformation<Answered> TYPE =
      new EventTypeInformation<>(Answered.class, new AnsweredSerializer());

  public Answered {
    answers = List.copyOf(answers);
  }
}
