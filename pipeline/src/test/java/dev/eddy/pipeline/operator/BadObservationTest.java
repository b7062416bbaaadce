package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Observations that cannot be stepped go to the dead letters and disturb nothing else. */
class BadObservationTest {
  @TempDir Path store;
  private PredictHarness harness;

  @BeforeEach
  void start() throws Exception {
    TestModels models = new TestModels(store);
    harness = PredictHarness.started(models.announce(models.publish(1)));
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void an_observation_older_than_its_keys_last_one_is_a_dead_letter() throws Exception {
    harness.observe("a", 1_000_000);
    harness.observe("b", 5);
    harness.checkpoint();
    harness.observe("a", 999_999);
    harness.observe("a", 1_000_001);
    harness.checkpoint();

    assertThat(harness.predictions())
        .extracting(Prediction::time)
        .containsExactly(1_000_000L, 5L, 1_000_001L);
    assertThat(harness.deadLetters()).hasSize(1);
    DeadLetter letter = harness.deadLetters().get(0);
    assertThat(letter.reason()).isEqualTo("out-of-order");
    assertThat(letter.detail()).contains("1970-01-01T00:16:39.999Z").contains("encoded anew");
    assertThat(letter.topic()).isEqualTo("observations");
    assertThat(letter.offset()).isEqualTo(999_999);
    assertThat(new String(letter.key(), StandardCharsets.UTF_8)).isEqualTo("a");
    assertThat(new String(letter.value(), StandardCharsets.UTF_8))
        .contains("\"key\":\"a\"")
        .contains("\"load\":");
  }

  @Test
  void a_late_observation_from_another_partition_names_both() throws Exception {
    harness.observe(from(3, 1_000_000));
    harness.checkpoint();
    harness.observe(from(7, 999_999));
    harness.observe(from(3, 999_998));
    harness.checkpoint();

    assertThat(harness.deadLetters())
        .extracting(DeadLetter::detail)
        .satisfiesExactly(
            apart ->
                assertThat(apart)
                    .contains(
                        "the key's last observation, which came from partition 3, this from 7: a"
                            + " key must be in one)"),
            together -> assertThat(together).contains("the key's last observation)"));
  }

  private static Observation from(int partition, long time) {
    Observation made = TestModels.observation("a", time, time);
    return new Observation(
        "a", time, made.numeric(), made.categories(), null, partition, made.offset());
  }

  @Test
  void equal_times_are_stepped() throws Exception {
    harness.observe("a", 5);
    harness.observe("a", 5);
    harness.checkpoint();
    harness.observe("a", 5);
    harness.checkpoint();
    assertThat(harness.predictions()).hasSize(3);
    assertThat(harness.deadLetters()).isEmpty();
  }

  @Test
  void an_observation_whose_outputs_overflow_fails_alone() throws Exception {
    harness.observe("a", 1);
    Observation broken = TestModels.observation("a", 2, 2);
    broken.numeric()[0] = Float.MAX_VALUE;
    harness.observe(broken);
    harness.observe("a", 3);
    harness.observe("b", 3);
    harness.checkpoint();

    assertThat(harness.deadLetters()).hasSize(1);
    assertThat(harness.deadLetters().get(0).reason()).isEqualTo("not-finite");
    assertThat(harness.deadLetters().get(0).offset()).isEqualTo(2);
    assertThat(harness.predictions()).hasSize(3);
    try (PredictHarness undisturbed = undisturbed()) {
      assertThat(harness.predictions().get(1).values())
          .isEqualTo(undisturbed.predictions().get(1).values());
    }
  }

  private PredictHarness undisturbed() throws Exception {
    TestModels models = new TestModels(store.resolve("other"));
    PredictHarness other = PredictHarness.started(models.announce(models.publish(1)));
    other.observe("a", 1);
    other.observe("a", 3);
    other.checkpoint();
    return other;
  }
}
