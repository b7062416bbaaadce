package dev.eddy.connectors.event;

import java.io.Serializable;
import java.util.List;

/**
 * Which of a deployment's features are known ahead of time, and how far.
 *
 * @param features names, each among the schema's numeric ones
 * @param reach how many intervals (or observations) ahead values are of use
 * @param intervalMillis distance of regular observations; 0 where the future counts observations
 */
public record FutureFields(List<String> features, int reach, long intervalMillis)
    implements Serializable {
  /** Nothing is known ahead of time. */
  public static final FutureFields NONE = new FutureFields(List.of(), 0, 0);

  public FutureFields {
    features = List.copyOf(features);
  }

  /** Whether records may bring no future values. */
  public boolean isEmpty() {
    return features.isEmpty();
  }
}
