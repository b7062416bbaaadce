package dev.eddy.pipeline.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.Test;

class BoundedRunTest {
  private static final String STRATEGY = "restart-strategy.type";
  private static final String ATTEMPTS =
      "restart-strategy.exponential-delay.attempts-before-reset-backoff";

  @Test
  void a_bounded_run_does_not_start_again_for_ever() {
    Configuration settings = new Configuration();
    BoundedRun.complete(settings);
    assertThat(settings.toMap())
        .containsEntry(STRATEGY, "exponential-delay")
        .containsEntry(ATTEMPTS, "20");
  }

  @Test
  void what_the_deployment_says_stays() {
    Configuration settings =
        Configuration.fromMap(
            Map.of(
                STRATEGY,
                "fixed-delay",
                ATTEMPTS,
                "3",
                "execution.checkpointing.interval",
                "300 ms"));
    BoundedRun.complete(settings);
    assertThat(settings.toMap())
        .containsEntry(STRATEGY, "fixed-delay")
        .containsEntry(ATTEMPTS, "3")
        .containsEntry("execution.checkpointing.interval", "300 ms");
  }
}
