package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.EvaluatedFields;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A shadow changes no prediction, says what it would say if it served, and goes on with its keys
 * where it does: bit for bit, whatever the batches, restarts and policies.
 */
class ShadowTest {
  private static final int W = 4;
  private static final int FROM = 13;
  private static final int PROMOTED = 26;
  private static final EvaluatedFields LOAD =
      EvaluatedFields.of(List.of("load"), TestModels.SCHEMA.numeric());

  @TempDir Path store;
  private TestModels models;
  private PublishedModel first;
  private PublishedModel second;

  @BeforeEach
  void publish() {
    ModelSpec spec =
        TestModels.withFuture(TestModels.spec(CellType.SRU, 2, 8, List.of("load", "wind")));
    models = new TestModels(store);
    first = models.publish(spec, 1);
    second = models.publish(spec, 2);
  }

  @ParameterizedTest
  @CsvSource({
    "HEAP,rewarm,1", "HEAP,rewarm,2", "HEAP,rewarm,7", "HEAP,rewarm,50", "HEAP,rewarm,1000",
    "HEAP,carry,7", "HEAP,reset,50", "ROCKSDB,rewarm,7", "ROCKSDB,carry,50", "ROCKSDB,reset,1"
  })
  void what_it_says_and_goes_on_with_are_as_if_it_had_served_since_it_was_one(
      Backend backend, String policy, int maxBatch) throws Exception {
    List<KeyedEvent> events = events(false);
    Said alone = run(backend, 7, List.of(models.announce(first)), events);
    Said served = run(backend, 7, serving(policy), events);
    Said beside = run(backend, maxBatch, promoted(policy), events);

    assertThat(beside.predictions).hasSameSizeAs(alone.predictions);
    events.forEach(
        event -> {
          double[] expected = (event.time() < PROMOTED ? alone : served).predictions.get(event);
          assertThat(beside.predictions.get(event)).as("%s", event).isEqualTo(expected);
          boolean shadowed = event.time() >= FROM && event.time() < PROMOTED;
          double[] shadow = shadowed ? served.predictions.get(event) : null;
          assertThat(beside.shadows.get(event)).as("%s", event).isEqualTo(shadow);
        });
  }

  @ParameterizedTest
  @CsvSource({"HEAP,rewarm", "HEAP,carry", "ROCKSDB,rewarm"})
  void a_run_that_is_killed_at_any_place_goes_on_as_if_it_had_not_been(
      Backend backend, String policy) throws Exception {
    List<KeyedEvent> events = events(true);
    Said uninterrupted = run(backend, 7, promoted(policy), events);
    Said parts = new Said();
    OperatorSubtaskState state = null;
    for (int part = 0; part < events.size(); part += 19) {
      int to = Math.min(part + 19, events.size());
      // What a run that is killed has stepped since its checkpoint is stepped again.
      run(backend, 50, promoted(policy), events.subList(part, Math.min(to, part + 9)), state);
      Said run = run(backend, 5, promoted(policy), events.subList(part, to), state);
      parts.predictions.putAll(run.predictions);
      parts.shadows.putAll(run.shadows);
      state = run.state;
    }
    assertSame(parts.predictions, uninterrupted.predictions);
    assertSame(parts.shadows, uninterrupted.shadows);
  }

  @ParameterizedTest
  @CsvSource({"rewarm,7", "carry,50", "reset,1000"})
  void the_offline_predictor_has_it_too(String policy, int maxBatch) throws Exception {
    List<KeyedEvent> events = events(true);
    Map<KeyedEvent, double[]> offline = new HashMap<>();
    try (OfflinePredictor predictor = new OfflinePredictor(settings(maxBatch), promoted(policy))) {
      predictor.predict(
          events.iterator(),
          (observation, prediction) -> {
            if (prediction != null) {
              offline.put(observation, prediction.values());
            }
          });
    }
    assertSame(offline, run(Backend.HEAP, 7, promoted(policy), events).predictions);
  }

  /** The second is promoted and the third takes its place beside it; then all the way back. */
  @ParameterizedTest
  @CsvSource({"HEAP,2", "HEAP,7", "HEAP,1000", "ROCKSDB,50"})
  void one_shadow_after_the_other_changes_no_bit_with_the_batches(Backend backend, int maxBatch)
      throws Exception {
    PublishedModel third = models.publish(TestModels.spec(CellType.GRU, 1, 6, fields()), 3);
    List<Announcement> announced = new ArrayList<>(promoted("rewarm"));
    announced.add(models.announce(third, PROMOTED - 2, "reset").asShadow());
    announced.add(models.announce(third, 31, "reset"));
    announced.add(models.announce(first, 34, "rewarm"));
    announced.add(models.announce(second, 34, "carry").asShadow());
    announced.add(models.announce(second, 37, "carry"));

    List<KeyedEvent> events = events(true);
    Said oneAtATime = run(Backend.HEAP, 1, announced, events);
    Said together = run(backend, maxBatch, announced, events);
    assertSame(together.predictions, oneAtATime.predictions);
    assertSame(together.shadows, oneAtATime.shadows);
    assertThat(together.shadows).hasSizeGreaterThan(50);
  }

  private List<Announcement> serving(String policy) {
    return List.of(models.announce(first), models.announce(second, FROM, policy));
  }

  private List<Announcement> promoted(String policy) {
    return List.of(
        models.announce(first),
        models.announce(second, FROM, policy).asShadow(),
        models.announce(second, PROMOTED, "reset"));
  }

  /**
   * Of keys that skip, sleep, come late, are told things, and whose clock was wrong.
   *
   * @param across whether a wrong clock crosses from where there is a shadow to where there is none
   */
  private static List<KeyedEvent> events(boolean across) {
    List<KeyedEvent> events = new ArrayList<>();
    Random random = new Random(5);
    for (int round = 0; round < 40; round++) {
      for (int key = 0; key < 5; key++) {
        String name = "key " + key;
        if (random.nextInt(4) > 0 && !(key == 3 && round > 8 && round < 30)) {
          boolean wrong = key == 4 && (round % 12 == 3 || (across && round % 12 == 10));
          int ahead = wrong ? 6 : 0;
          events.add(TestModels.recorded(name, round + ahead, events.size(), round));
        }
        if (random.nextInt(6) == 0) {
          events.add(
              new FutureUpdate(name, round, TestModels.future(1, 3.0 + round), 0, events.size()));
        }
      }
    }
    return events;
  }

  private static final class Said {
    final Map<KeyedEvent, double[]> predictions = new HashMap<>();
    final Map<KeyedEvent, double[]> shadows = new HashMap<>();
    @Nullable OperatorSubtaskState state;
  }

  private static Said run(
      Backend backend, int maxBatch, List<Announcement> announced, List<KeyedEvent> events)
      throws Exception {
    return run(backend, maxBatch, announced, events, null);
  }

  private static Said run(
      Backend backend,
      int maxBatch,
      List<Announcement> announced,
      List<KeyedEvent> events,
      @Nullable OperatorSubtaskState state)
      throws Exception {
    Said said = new Said();
    try (PredictHarness harness =
        new PredictHarness(settings(maxBatch), backend, 1, 0, () -> announced)) {
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
      for (KeyedEvent event : events) {
        harness.observe(event);
      }
      said.state = harness.checkpoint();
      Map<Long, KeyedEvent> byOffset = new HashMap<>();
      events.forEach(event -> byOffset.put(event.offset(), event));
      for (Prediction each : harness.predictions()) {
        said.predictions.put(byOffset.get(each.offset()), each.values());
      }
      harness.answered().stream()
          .flatMap(each -> each.answers().stream())
          .filter(Answer::shadow)
          .map(Answer::prediction)
          .forEach(each -> said.shadows.put(byOffset.get(each.offset()), each.values()));
    }
    return said;
  }

  private static void assertSame(
      Map<KeyedEvent, double[]> found, Map<KeyedEvent, double[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((event, values) -> assertThat(found.get(event)).isEqualTo(values));
  }

  private static List<String> fields() {
    return List.of("load", "wind");
  }

  private static PredictSettings settings(int maxBatch) {
    return new PredictSettings(
            PredictHarness.settings(TestModels.SCHEMA_WITH_FUTURE, maxBatch, 15).versions(),
            "observations",
            maxBatch,
            PredictHarness.LINGER,
            15,
            3,
            W)
        .evaluating(LOAD);
  }
}
