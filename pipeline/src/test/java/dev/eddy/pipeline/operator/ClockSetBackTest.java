package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A record from the future does not mute its key. */
class ClockSetBackTest {
  private static final List<Long> TIMES =
      List.of(100L, 110L, 900L, 120L, 130L, 140L, 150L, 160L, 130L, 170L);

  @TempDir Path store;
  private Announcement announced;

  @BeforeEach
  void publish() {
    TestModels models = new TestModels(store);
    announced = models.announce(models.publish(1));
  }

  @Test
  void the_third_that_agrees_is_taken_and_the_key_goes_on_from_there() throws Exception {
    try (PredictHarness harness = started(PredictHarness.MAX_BATCH)) {
      for (Observation each : observations()) {
        harness.observe(each);
      }
      harness.endInput(1);

      assertThat(harness.predictions())
          .extracting(Prediction::time)
          .containsExactly(100L, 110L, 900L, 140L, 150L, 160L, 170L);
      assertThat(harness.deadLetters()).extracting(DeadLetter::offset).containsExactly(3L, 4L, 8L);
      assertThat(harness.deadLetters())
          .extracting(DeadLetter::reason)
          .containsOnly(Reasons.OUT_OF_ORDER);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_restart_at_any_place_changes_nothing(Backend backend) throws Exception {
    Map<Long, List<Double>> uninterrupted = new TreeMap<>();
    try (PredictHarness harness = started(1)) {
      for (Observation each : observations()) {
        harness.observe(each);
      }
      add(harness.predictions(), uninterrupted);
    }

    Map<Long, List<Double>> restarted = new TreeMap<>();
    OperatorSubtaskState state = null;
    for (Observation each : observations()) {
      try (PredictHarness harness =
          new PredictHarness(
              PredictHarness.settings(PredictHarness.MAX_BATCH, PredictHarness.NEVER),
              backend,
              1,
              0,
              () -> List.of(announced))) {
        if (state != null) {
          harness.initializeState(state);
        }
        harness.open();
        harness.observe(each);
        state = harness.checkpoint();
        add(harness.predictions(), restarted);
      }
    }
    assertThat(restarted).isEqualTo(uninterrupted).hasSize(TIMES.size() - 3);
  }

  @Test
  void offline_it_is_the_same() throws Exception {
    Map<Long, List<Double>> streamed = new TreeMap<>();
    try (PredictHarness harness = started(3)) {
      for (Observation each : observations()) {
        harness.observe(each);
      }
      harness.endInput(1);
      add(harness.predictions(), streamed);
    }

    Map<Long, List<Double>> offline = new TreeMap<>();
    List<KeyedEvent> events = new ArrayList<>(observations());
    try (OfflinePredictor predictor =
        new OfflinePredictor(
            PredictHarness.settings(4, PredictHarness.NEVER), List.of(announced))) {
      predictor.predict(
          events.iterator(),
          (observation, prediction) -> {
            if (prediction != null) {
              add(List.of(prediction), offline);
            }
          });
    }
    assertThat(offline).isEqualTo(streamed);
  }

  private PredictHarness started(int maxBatch) throws Exception {
    return PredictHarness.started(
        PredictHarness.settings(maxBatch, PredictHarness.NEVER), announced);
  }

  private static List<Observation> observations() {
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < TIMES.size(); i++) {
      long recorded = TIMES.get(i) == 900 ? 115 : TIMES.get(i) + 2;
      observations.add(TestModels.recorded("a", TIMES.get(i), i, recorded));
    }
    return observations;
  }

  private static void add(List<Prediction> predictions, Map<Long, List<Double>> to) {
    for (Prediction each : predictions) {
      List<Double> values = new ArrayList<>();
      for (double value : each.values()) {
        values.add(value);
      }
      to.put(each.offset(), values);
    }
  }
}
