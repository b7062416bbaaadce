package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.engine.EngineKind;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import dev.eddy.pipeline.version.VersionSettings;
import dev.eddy.settings.UserMistake;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A checkpoint, a restart and another parallelism change no prediction. */
class RestoreTest {
  private static final int KEYS = 20;

  @TempDir Path store;
  private TestModels models;
  private PublishedModel first;
  private List<EngineKind> engines = List.of(EngineKind.SIMD); // of the subtasks, in turn
  private int subtasks;

  @BeforeEach
  void publish() {
    models = new TestModels(store);
    first = models.publish(1);
  }

  @ParameterizedTest
  @EnumSource
  void a_restored_operator_goes_on_where_the_checkpoint_was(Backend backend) throws Exception {
    List<Announcement> announced = List.of(models.announce(first));
    Map<Long, double[]> uninterrupted = run(backend, announced, 1);
    Map<Long, double[]> restored = run(backend, announced, 1, 1, 1);
    assertSame(restored, uninterrupted);
  }

  @ParameterizedTest
  @EnumSource
  void parallelism_may_change_from_1_to_2_to_1(Backend backend) throws Exception {
    List<Announcement> announced =
        List.of(models.announce(first), models.announce(models.publish(2), 90, "carry"));
    Map<Long, double[]> uninterrupted = run(backend, announced, 1);
    Map<Long, double[]> rescaled = run(backend, announced, 1, 2, 1);
    assertSame(rescaled, uninterrupted);
  }

  @ParameterizedTest
  @EnumSource
  void parallelism_may_change_while_there_is_a_shadow(Backend backend) throws Exception {
    PublishedModel second = models.publish(2);
    List<Announcement> announced =
        List.of(
            models.announce(first),
            models.announce(second, 40, "carry").asShadow(),
            models.announce(second, 90, "carry"));
    Map<Long, double[]> uninterrupted = run(backend, announced, 1);
    assertSame(run(backend, announced, 1, 2, 1), uninterrupted);
    assertSame(run(backend, announced, 2, 1, 3, 1), uninterrupted);
  }

  @Test
  void a_process_with_the_vector_module_may_go_on_where_one_without_it_was() throws Exception {
    List<Announcement> announced = List.of(models.announce(first));
    Map<Long, double[]> uninterrupted = run(Backend.HEAP, announced, 1);
    engines = List.of(EngineKind.PLAIN, EngineKind.SIMD);
    Map<Long, double[]> mixed = run(Backend.HEAP, announced, 1, 2, 1, 1);
    assertSame(mixed, uninterrupted);
  }

  @Test
  void what_was_broadcast_is_known_after_a_restart_though_the_topic_was_lost() throws Exception {
    PublishedModel second = models.publish(2);
    OperatorSubtaskState state;
    try (PredictHarness harness = PredictHarness.started(models.announce(first))) {
      harness.announce(models.announce(second, 50, "carry"));
      state = harness.checkpoint();
    }
    try (PredictHarness harness = harness(Backend.HEAP, 1, 0, List.of())) {
      harness.initializeState(state);
      harness.open();
      harness.observe("a", 49);
      harness.observe("a", 50);
      harness.checkpoint();
      assertThat(harness.predictions())
          .extracting(prediction -> prediction.shape().model())
          .containsExactly("test@1", "test@2");
    }
  }

  @Test
  void what_a_topic_made_anew_holds_comes_after_what_is_known() throws Exception {
    OperatorSubtaskState state;
    try (PredictHarness harness = PredictHarness.started(models.announce(first))) {
      state = harness.checkpoint();
    }
    List<Announcement> anew = List.of(models.announce(models.publish(2), 50, "carry"));
    try (PredictHarness harness = harness(Backend.HEAP, 1, 0, anew)) {
      harness.initializeState(state);
      harness.open();
      harness.observe("a", 49);
      harness.observe("a", 50);
      harness.checkpoint();
      assertThat(harness.predictions())
          .extracting(prediction -> prediction.shape().model())
          .containsExactly("test@1", "test@2");
    }
  }

  @Test
  void what_was_announced_while_the_job_was_down_is_known_from_the_topic() throws Exception {
    OperatorSubtaskState state;
    try (PredictHarness harness = PredictHarness.started(models.announce(first))) {
      harness.observe("a", 1);
      state = harness.checkpoint();
    }
    List<Announcement> topic =
        List.of(models.announce(first), models.announce(models.publish(2), 50, "carry"));
    try (PredictHarness harness = harness(Backend.HEAP, 1, 0, topic)) {
      harness.initializeState(state);
      harness.open();
      harness.observe("a", 50);
      harness.checkpoint();
      assertThat(harness.predictions().get(0).shape().model()).isEqualTo("test@2");
    }
  }

  @Test
  void the_state_of_another_model_is_refused() throws Exception {
    OperatorSubtaskState state;
    try (PredictHarness harness = PredictHarness.started(models.announce(first))) {
      state = harness.checkpoint();
    }
    PredictSettings settings = PredictHarness.settings(PredictHarness.MAX_BATCH, 1);
    PredictSettings other =
        new PredictSettings(
            new VersionSettings("other", "models", settings.schema(), settings.versions().engine()),
            "observations",
            1,
            1,
            1,
            1);
    PredictHarness harness = new PredictHarness(other, Backend.HEAP, 1, 0, List::of);
    assertThatThrownBy(() -> harness.initializeState(state))
        .hasRootCauseInstanceOf(UserMistake.class)
        .rootCause()
        .hasMessageContaining("checkpoint: of model test (must be other;");
  }

  /** Steps the same observations in as many phases as parallelisms, each restored from the last. */
  private Map<Long, double[]> run(
      Backend backend, List<Announcement> announced, int... parallelisms) throws Exception {
    Map<Long, double[]> predictions = new TreeMap<>();
    OperatorSubtaskState state = null;
    int before = 1;
    for (int phase = 0; phase < parallelisms.length; phase++) {
      List<Observation> observations = phase(phase, parallelisms.length);
      List<OperatorSubtaskState> states = new ArrayList<>();
      for (int subtask = 0; subtask < parallelisms[phase]; subtask++) {
        try (PredictHarness harness = harness(backend, parallelisms[phase], subtask, announced)) {
          if (state != null) {
            harness.initializeState(
                PredictHarness.repartitionOperatorState(
                    state, PredictHarness.MAX_PARALLELISM, before, parallelisms[phase], subtask));
          }
          harness.open();
          states.add(step(harness, observations, parallelisms[phase], subtask));
          for (Prediction prediction : harness.predictions()) {
            predictions.put(prediction.offset(), prediction.values());
          }
        }
      }
      state = PredictHarness.repackageState(states.toArray(new OperatorSubtaskState[0]));
      before = parallelisms[phase];
    }
    return predictions;
  }

  private static OperatorSubtaskState step(
      PredictHarness harness, List<Observation> observations, int parallelism, int subtask)
      throws Exception {
    for (Observation observation : observations) {
      int owner =
          KeyGroupRangeAssignment.assignKeyToParallelOperator(
              observation.key(), PredictHarness.MAX_PARALLELISM, parallelism);
      if (owner == subtask) {
        harness.observe(observation);
      }
    }
    return harness.checkpoint();
  }

  /** One part of the same whole, however many parts there are. */
  private static List<Observation> phase(int phase, int phases) {
    int rounds = 12;
    List<Observation> observations = new ArrayList<>();
    for (int round = phase * rounds / phases; round < (phase + 1) * rounds / phases; round++) {
      for (int key = 0; key < KEYS; key++) {
        observations.add(
            TestModels.observation("key " + key, 15L * round, (long) round * KEYS + key));
      }
    }
    return observations;
  }

  private PredictHarness harness(
      Backend backend, int parallelism, int subtask, List<Announcement> topic) throws Exception {
    EngineKind engine = engines.get(subtasks++ % engines.size());
    return new PredictHarness(
        new PredictSettings(
            new VersionSettings(TestModels.NAME, "models", TestModels.SCHEMA, engine),
            "observations",
            PredictHarness.MAX_BATCH,
            PredictHarness.LINGER,
            PredictHarness.NEVER,
            PredictHarness.MAX_AHEAD),
        backend,
        parallelism,
        subtask,
        () -> topic);
  }

  private static void assertSame(Map<Long, double[]> found, Map<Long, double[]> expected) {
    assertThat(found.keySet()).isEqualTo(expected.keySet()).hasSize(12 * KEYS);
    expected.forEach((offset, values) -> assertThat(found.get(offset)).isEqualTo(values));
  }
}
