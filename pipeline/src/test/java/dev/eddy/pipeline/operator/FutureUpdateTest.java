package dev.eddy.pipeline.operator;

import static dev.eddy.pipeline.operator.TestModels.future;
import static dev.eddy.pipeline.operator.TestModels.observation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.ModelSpec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Future values told with an observation or without. */
class FutureUpdateTest {
  private static final long FORGET_AFTER = 100;

  @TempDir Path store;
  private Announcement announcement;
  private PredictHarness harness;

  @BeforeEach
  void start() throws Exception {
    TestModels models = new TestModels(store);
    ModelSpec spec = TestModels.spec(CellType.SRU, 2, 8, List.of("load", "wind"));
    announcement = models.announce(models.publish(TestModels.withFuture(spec), 1));
    harness = started();
  }

  private PredictHarness started() throws Exception {
    return PredictHarness.started(
        PredictHarness.settings(
            TestModels.SCHEMA_WITH_FUTURE, PredictHarness.MAX_BATCH, FORGET_AFTER),
        announcement);
  }

  @AfterEach
  void stop() throws Exception {
    harness.close();
  }

  @Test
  void a_future_update_yields_nothing_and_counts_from_the_next_observation_on() throws Exception {
    harness.observe("a", 1);
    harness.observe(futureUpdate("a", 2, 2, 30));
    harness.observe("a", 3);
    harness.checkpoint();
    assertThat(harness.predictions()).extracting(Prediction::time).containsExactly(1L, 3L);
    assertThat(harness.deadLetters()).isEmpty();

    try (PredictHarness told = started()) {
      told.observe("a", 1);
      told.observe(observation("a", 3, 3).withFuture(future(1, 30)));
      told.checkpoint();
      assertThat(values(harness, 1)).isEqualTo(values(told, 1));
      assertThat(values(harness, 0)).isEqualTo(values(told, 0));
    }
    try (PredictHarness untold = started()) {
      untold.observe("a", 1);
      untold.observe("a", 3);
      untold.checkpoint();
      assertThat(values(harness, 1)).isNotEqualTo(values(untold, 1));
    }
  }

  @Test
  void a_batch_of_future_updates_alone_is_kept_by_the_checkpoint() throws Exception {
    harness.observe("a", 1);
    harness.checkpoint();
    harness.observe(futureUpdate("a", 2, 1, 30, 2, 31));
    var state = harness.checkpoint();
    harness.observe("a", 3);
    harness.checkpoint();
    try (PredictHarness restored =
        new PredictHarness(
            PredictHarness.settings(TestModels.SCHEMA_WITH_FUTURE, 1, FORGET_AFTER),
            PredictHarness.Backend.HEAP,
            1,
            0,
            () -> List.of(announcement))) {
      restored.initializeState(state);
      restored.open();
      restored.observe("a", 3);
      restored.checkpoint();
      assertThat(values(restored, 0)).isEqualTo(values(harness, 1));
    }
  }

  @Test
  void a_future_update_does_not_move_its_keys_last_time() throws Exception {
    harness.observe("a", 1);
    harness.observe(futureUpdate("a", 50, 1, 30));
    harness.observe("a", 2);
    harness.checkpoint();
    assertThat(harness.predictions()).hasSize(2);
    assertThat(harness.deadLetters()).isEmpty();
  }

  @Test
  void a_future_update_older_than_its_keys_last_observation_is_a_dead_letter() throws Exception {
    harness.observe("a", 10);
    harness.observe(futureUpdate("a", 9, 1, 30));
    harness.checkpoint();
    DeadLetter letter = onlyLetter();
    assertThat(letter.reason()).isEqualTo("out-of-order");
    assertThat(new String(letter.value(), StandardCharsets.UTF_8))
        .contains("\"future\":[{\"ahead\":1,\"wind\":30.0}]");
  }

  @Test
  void a_future_update_with_nothing_to_go_on_from_is_a_dead_letter() throws Exception {
    harness.observe(futureUpdate("new", 1, 1, 30));
    harness.checkpoint();
    assertThat(onlyLetter().reason()).isEqualTo("no-observation");
    assertThat(onlyLetter().offset()).isEqualTo(1);
    harness.observe("new", 2);
    harness.observe(futureUpdate("new", 2 + FORGET_AFTER, 1, 30));
    harness.checkpoint();
    assertThat(harness.deadLetters())
        .extracting(DeadLetter::reason)
        .containsExactly("no-observation", "no-observation");
  }

  @Test
  void a_model_whose_future_the_records_do_not_bring_is_refused() {
    ObservationSchema other = new ObservationSchema(List.of("load", "wind"), List.of(), null);
    assertThatThrownBy(
            () -> PredictHarness.started(PredictHarness.settings(other, 1, 1), announcement))
        .hasStackTraceContaining("reads ahead of time [wind] (must be among input.future, [])");
  }

  private DeadLetter onlyLetter() {
    assertThat(harness.deadLetters()).hasSize(1);
    return harness.deadLetters().get(0);
  }

  private static double[] values(PredictHarness harness, int index) {
    return harness.predictions().get(index).values();
  }

  private static FutureUpdate futureUpdate(String key, long time, Number... placeAndWind) {
    FutureValues future = future(placeAndWind);
    return new FutureUpdate(key, time, future, 0, time);
  }
}
