package dev.eddy.pipeline.cli.score;

import dev.eddy.pipeline.deployment.Deployment;
import java.time.Duration;
import java.util.Optional;

/**
 * Says how far ahead a horizon is, as a time where the distance of observations is known.
 *
 * @param interval between the observations of a key
 */
public record HorizonNames(Optional<Duration> interval) {
  private static final long[] SIZES = {86_400_000, 3_600_000, 60_000, 1000, 1};
  private static final String[] UNITS = {"d", "h", "min", "s", "ms"};

  /** Those of a deployment. */
  public static HorizonNames of(Deployment deployment) {
    return new HorizonNames(deployment.input().interval());
  }

  /** Such as {@code 96 (1 d)}; {@code 96} where no distance is known. */
  String name(int steps) {
    return steps + interval.map(each -> " (" + span(each.toMillis() * steps) + ")").orElse("");
  }

  /** Such as {@code 1 d} or {@code horizon 96}. */
  public String shortly(int steps) {
    return interval.map(each -> span(each.toMillis() * steps)).orElse("horizon " + steps);
  }

  /** Milliseconds of one step; 0 where that is not known. */
  long step() {
    return interval.map(Duration::toMillis).orElse(0L);
  }

  /** Two units are exact enough: 1 d 6 h. */
  private static String span(long millis) {
    StringBuilder span = new StringBuilder();
    long left = millis;
    int units = 0;
    for (int i = 0; i < SIZES.length && units < 2; i++) {
      if (left >= SIZES[i]) {
        span.append(units == 0 ? "" : " ").append(left / SIZES[i]).append(' ').append(UNITS[i]);
        left %= SIZES[i];
        units++;
      }
    }
    return span.toString();
  }
}
