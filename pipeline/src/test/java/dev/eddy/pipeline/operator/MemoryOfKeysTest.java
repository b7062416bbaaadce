package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Observation;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A key is remembered until a gap in its own event time is long enough to forget it. */
class MemoryOfKeysTest {
  private static final long FORGET_AFTER = 1000;

  @TempDir Path store;
  private Announcement announcement;

  @BeforeEach
  void publish() {
    TestModels models = new TestModels(store);
    announcement = models.announce(models.publish(1));
  }

  @Test
  void a_key_remembers_what_came_before() throws Exception {
    assertThat(last(FORGET_AFTER, 0, 10, 20)).isNotEqualTo(last(FORGET_AFTER, 20));
  }

  @Test
  void a_gap_as_long_as_forget_after_starts_the_key_afresh() throws Exception {
    assertThat(last(FORGET_AFTER, 0, 10, 1010)).isEqualTo(last(FORGET_AFTER, 1010));
    assertThat(last(FORGET_AFTER, 0, 10, 1010, 1020)).isEqualTo(last(FORGET_AFTER, 1010, 1020));
  }

  @Test
  void a_shorter_gap_does_not() throws Exception {
    assertThat(last(FORGET_AFTER, 0, 10, 1009)).isNotEqualTo(last(FORGET_AFTER, 1009));
  }

  @Test
  void without_forget_after_no_gap_does() throws Exception {
    long gap = 1L << 45;
    assertThat(last(PredictHarness.NEVER, 0, gap)).isNotEqualTo(last(PredictHarness.NEVER, gap));
  }

  /** The last of one key's predictions, as it is when all are stepped in one batch. */
  private double[] last(long forgetAfter, long... times) throws Exception {
    try (PredictHarness harness =
        PredictHarness.started(PredictHarness.settings(100, forgetAfter), announcement)) {
      for (long time : times) {
        Observation other = TestModels.observation("other", time, 0);
        harness.observe(other);
        harness.observe("key", time);
      }
      harness.checkpoint();
      return harness.predictions().get(harness.predictions().size() - 1).values();
    }
  }
}
