package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.model.spec.InputEncoding;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Says what keeps a model version from being served by a deployment's future values. */
public final class FutureObstacle {
  private FutureObstacle() {}

  /**
   * Place, value found, what was expected; empty where nothing does.
   *
   * @param model how the version reads observations
   * @param deployment what its records tell of the future
   */
  public static Optional<String> of(InputEncoding model, FutureFields deployment) {
    List<String> read = model.future().map(InputEncoding.Future::features).orElse(List.of());
    if (!deployment.features().containsAll(read)) {
      return Optional.of(
          "reads ahead of time "
              + read
              + " (must be among input.future, "
              + deployment.features()
              + ")");
    }
    long interval = model.interval().map(Duration::toMillis).orElse(0L);
    if (!read.isEmpty() && interval != deployment.intervalMillis()) {
      return Optional.of(
          "reads ahead of time by intervals of "
              + interval
              + " ms (must be input.interval, "
              + deployment.intervalMillis()
              + " ms; 0: by observations)");
    }
    return Optional.empty();
  }
}
