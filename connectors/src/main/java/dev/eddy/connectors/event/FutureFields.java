package dev.eddy.connectors.event;

import java.io.Serializable;
import java.util.List;

/**
 * Which of a deployment's features have a future, values told ahead of time, and how far it
 * reaches.
 *
 * @param features names, each among the schema's numeric ones
 * @param reach how many intervals (or observations) ahead values are of use
 * @param intervalMillis distance of regular observations; 0 where the future counts observations
 */
public record FutureFields(List<String> features, int reach, long intervalMillis)
    implements Serializable {
  /** No feature has a future. */
  public static final FutureFields NONE = new FutureFields(List.of(), 0, 0);

  public FutureFields {
    features = List.copyOf(features);
  }

  /** Whether records tell no future. */
  public boolean isEmpty() {
    return features.isEmpty();
  }
}
