package dev.eddy.pipeline.operator;

import static dev.eddy.pipeline.operator.OperatorRuns.key;
import static dev.eddy.pipeline.operator.OperatorRuns.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** When and how keys move over changes with no batch, no restart and nobody who looks on. */
class SwapInvarianceTest {
  private static final int W = 8;

  @TempDir Path store;
  private TestModels models;
  private PublishedModel first;
  private PublishedModel second;

  @BeforeEach
  void publish() {
    models = new TestModels(store);
    first = models.publish(1);
    second = models.publish(2);
  }

  /** There and back again, in the middle of batches and of runs. */
  @ParameterizedTest
  @CsvSource({"rewarm,1", "rewarm,2", "rewarm,3", "rewarm,8", "carry,0", "reset,0"})
  void batches_restarts_and_the_offline_predictor_change_no_bit(String policy, int steps)
      throws Exception {
    List<Observation> observations = new ArrayList<>();
    for (int round = 0; round < 40; round++) {
      for (int key = 0; key < 5; key++) {
        if ((round + key) % 4 != 0 || key == 0) {
          observations.add(TestModels.observation("key " + key, round, observations.size()));
        }
      }
    }
    List<Announcement> announced =
        List.of(
            models.announce(first),
            models.announce(second, 13, policy),
            models.announce(first, 22, policy),
            models.announce(second, 31, policy));
    Map<Long, double[]> oneAtATime = byOffset(run(null, 1, steps, announced, observations).made());
    for (int maxBatch : new int[] {2, 7, 50, 1000}) {
      assertSame(byOffset(run(null, maxBatch, steps, announced, observations).made()), oneAtATime);
    }
    List<Prediction> parts = new ArrayList<>();
    OperatorSubtaskState state = null;
    for (int part = 0; part < observations.size(); part += 23) {
      int to = Math.min(part + 23, observations.size());
      // What a run that is killed has stepped since its checkpoint is stepped again.
      run(state, 50, steps, announced, observations.subList(part, Math.min(to, part + 9)));
      OperatorRuns.Run run = run(state, 7, steps, announced, observations.subList(part, to));
      parts.addAll(run.made());
      state = run.state();
    }
    assertSame(byOffset(parts), oneAtATime);
    assertSame(byOffset(offline(steps, announced, observations)), oneAtATime);
  }

  @ParameterizedTest
  @EnumSource
  void recent_inputs_outlast_a_restart(Backend backend) throws Exception {
    List<Observation> observations = key("a", 0, 30);
    PredictSettings settings = PredictHarness.rewarming(TestModels.SCHEMA, 4, W);
    List<Announcement> announced = swapAt(25, "rewarm");
    OperatorSubtaskState state = null;
    List<Prediction> moved = new ArrayList<>();
    for (int from = 0; from < 30; from += 6) {
      OperatorRuns.Run run =
          run(settings, backend, state, announced, observations.subList(from, from + 6));
      moved.addAll(run.made());
      state = run.state();
    }
    List<Prediction> uninterrupted = run(backend, W, announced, observations);
    for (int i = 0; i < 30; i++) {
      assertThat(moved.get(i).values()).isEqualTo(uninterrupted.get(i).values());
    }
  }

  private List<Announcement> swapAt(long time, String policy) {
    return List.of(models.announce(first), models.announce(second, time, policy));
  }

  private static Map<Long, double[]> byOffset(List<Prediction> predictions) {
    Map<Long, double[]> byOffset = new HashMap<>();
    predictions.forEach(each -> byOffset.put(each.offset(), each.values()));
    return byOffset;
  }

  private static void assertSame(Map<Long, double[]> found, Map<Long, double[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((offset, values) -> assertThat(found.get(offset)).isEqualTo(values));
  }

  private static List<Prediction> offline(
      int steps, List<Announcement> announced, List<Observation> observations) throws Exception {
    List<Prediction> predictions = new ArrayList<>();
    PredictSettings settings = PredictHarness.rewarming(TestModels.SCHEMA, 7, steps);
    try (OfflinePredictor predictor = new OfflinePredictor(settings, announced)) {
      List<KeyedEvent> events = new ArrayList<>(observations);
      predictor.predict(
          events.iterator(),
          (observation, prediction) -> {
            if (prediction != null) {
              predictions.add(prediction);
            }
          });
    }
    return predictions;
  }
}
