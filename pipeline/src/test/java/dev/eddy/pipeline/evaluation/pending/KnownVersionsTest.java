package dev.eddy.pipeline.evaluation.pending;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape;
import dev.eddy.pipeline.evaluation.Answer;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Versions of answers. */
class KnownVersionsTest {
  private final KnownVersions versions = new KnownVersions(List.of());

  @Test
  void a_shadow_costs_nothing_to_know_beside_the_version_that_serves() {
    Answer served = answer(1, false);
    Answer shadow = answer(2, true);
    allocated(served, shadow, 20_000); // warms up

    // Making a version anew takes hundreds of bytes.
    assertThat(allocated(served, shadow, 10_000)).isLessThan(10_000 * 100);
  }

  @Test
  void equal_shapes_are_of_one_version() {
    Version known = versions.of(answer(1, false));

    assertThat(versions.of(answer(1, false))).isSameAs(known);
    assertThat(versions.of(answer(1, true))).isSameAs(known);
    assertThat(versions.of(answer(2, true))).isNotSameAs(known);
    assertThat(versions.of(answer(1, false))).isSameAs(known);
  }

  private long allocated(Answer served, Answer shadow, int observations) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < observations; i++) {
      versions.of(served);
      versions.of(shadow);
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }

  private static Answer answer(int version, boolean shadow) {
    PredictionShape shape =
        new PredictionShape.Forecast(
            "test@" + version, List.of("load"), List.of(1, 3), List.of(.1, .5, .9), 0);
    return new Answer(new Prediction("a", 0, 0, 0, shape, new double[6]), shadow);
  }
}
