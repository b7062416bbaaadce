package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.encoding.KeyMemory;
import dev.eddy.model.inference.CalibrationState;
import dev.eddy.model.inference.KeyState;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import dev.eddy.pipeline.state.ExactModel;
import dev.eddy.pipeline.state.StoredKeyState;
import dev.eddy.pipeline.version.ModelCache;
import dev.eddy.pipeline.version.ModelVersions;
import dev.eddy.pipeline.version.VersionWatch;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A key's state belongs to what made it, not to a number that is given anew. */
class StateOfDigestTest {
  private static final PredictSettings SETTINGS =
      PredictHarness.settings(PredictHarness.MAX_BATCH, PredictHarness.NEVER);

  @TempDir Path store;
  @TempDir Path other;

  @ParameterizedTest
  @ValueSource(strings = {"carry", "reset", "rewarm"})
  void one_that_is_trained_anew_under_the_same_number_takes_over_by_the_policy(String swap)
      throws Exception {
    TestModels models = new TestModels(store);
    OperatorSubtaskState state =
        run(null, List.of(models.announce(models.publish(1))), 1, 5).state();
    FileUtils.deleteDirectory(store.toFile());
    PublishedModel anew = models.publish(2);
    assertThat(anew.id()).hasToString("test@1");
    Run resumed = run(state, List.of(again(models.announce(anew, Long.MIN_VALUE, swap))), 5, 9);

    TestModels twins = new TestModels(other);
    List<Announcement> numbered =
        List.of(twins.announce(twins.publish(1)), twins.announce(twins.publish(2), 5, swap));
    Run expected = run(null, numbered, 1, 9);
    assertThat(resumed.predictions())
        .extracting(Prediction::values)
        .containsExactlyElementsOf(
            expected.predictions().subList(4, 8).stream().map(Prediction::values).toList());
  }

  @Test
  void both_models_of_one_number_serve_their_tenures() throws Exception {
    TestModels models = new TestModels(store);
    TestModels others = new TestModels(other);
    Announcement first = models.announce(models.publish(1));
    Announcement second = again(others.announce(others.publish(2), 3, "carry"));
    Run both = run(null, List.of(first, second), 1, 5);

    PublishedModel numbered = models.publish(2);
    Run expected = run(null, List.of(first, models.announce(numbered, 3, "carry")), 1, 5);
    for (int i = 0; i < 4; i++) {
      assertThat(both.predictions().get(i).values())
          .isEqualTo(expected.predictions().get(i).values());
    }
  }

  @Test
  void a_state_of_a_model_that_nobody_knows_is_begun_anew_and_counted() throws Exception {
    PublishedModel model = new TestModels(store).publish(1);
    assertBegunAnew(model, ExactModel.of(7, "ab".repeat(32)), size());
  }

  @Test
  void a_state_of_another_size_is_begun_anew_and_counted() throws Exception {
    PublishedModel model = new TestModels(store).publish(1);
    assertBegunAnew(model, exact(model), size() + 1);
    assertBegunAnew(model, exact(model), size() - 1);
  }

  @Test
  void a_state_of_a_known_model_that_has_another_size_than_its_model_is_not_carried()
      throws Exception {
    TestModels models = new TestModels(store);
    PublishedModel first = models.publish(1);
    PublishedModel second = models.publish(2);
    Map<String, StoredKeyState> states = stored(exact(first), size() - 1);
    try (ModelVersions versions =
        versions(models.announce(first), models.announce(second, 3, "carry"))) {
      ObservationBatch batch = new ObservationBatch(SETTINGS, versions, states(states));
      batch.add(TestModels.observation("a", 10, 0));
      batch.step();
      assertThat(batch.begunAnew()).isEqualTo(1);
    }
  }

  private void assertBegunAnew(PublishedModel model, ExactModel made, int size) throws Exception {
    Map<String, StoredKeyState> states = stored(made, size);
    try (ModelVersions versions = versions(new TestModels(store).announce(model))) {
      ObservationBatch batch = new ObservationBatch(SETTINGS, versions, states(states));
      batch.add(TestModels.observation("a", 10, 0));
      batch.add(TestModels.observation("new", 10, 1));
      batch.step();
      assertThat(batch.begunAnew()).isEqualTo(1);
      batch.clear();
      assertThat(batch.begunAnew()).isZero();

      ObservationBatch fresh = new ObservationBatch(SETTINGS, versions, states(new HashMap<>()));
      fresh.add(TestModels.observation("a", 10, 0));
      fresh.step();
      batch.add(TestModels.observation("a", 20, 2));
      batch.step();
      fresh.clear();
      fresh.add(TestModels.observation("a", 20, 2));
      fresh.step();
      assertThat(batch.prediction(0).values()).isEqualTo(fresh.prediction(0).values());
      assertThat(batch.begunAnew()).isZero();
    }
    assertThat(states.get("a").model()).isEqualTo(exact(model));
  }

  private static Map<String, StoredKeyState> stored(ExactModel made, int size) {
    Map<String, StoredKeyState> states = new HashMap<>();
    KeyMemory memory = new KeyMemory(new double[0], new double[0]);
    states.put(
        "a",
        new StoredKeyState(
            made, 1, new KeyState(new float[size], memory, CalibrationState.none())));
    return states;
  }

  private static ModelVersions versions(Announcement... announced) throws Exception {
    ModelVersions versions =
        new ModelVersions(SETTINGS.versions(), ModelCache.SHARED, VersionWatch.NOBODY);
    List.of(announced).forEach(versions::learn);
    versions.awaitOne();
    return versions;
  }

  private static KeyedStates states(Map<String, StoredKeyState> states) {
    return new KeyedStates() {
      @Override
      public @Nullable StoredKeyState shadow(String key) {
        return null;
      }

      @Override
      public void writeShadow(String key, StoredKeyState state) {}

      @Override
      public void forgetShadow(String key) {}

      @Override
      public @Nullable StoredKeyState read(String key) {
        return states.get(key);
      }

      @Override
      public void write(String key, StoredKeyState state, @Nullable ExactModel made, long before) {
        states.put(key, state);
      }

      @Override
      public Iterable<byte[]> recent(String key, int half) {
        return List.of();
      }

      @Override
      public void keep(String key, int half, boolean anew, List<byte[]> records) {}
    };
  }

  private static ExactModel exact(PublishedModel model) {
    return ExactModel.of(model.id().version(), model.digest());
  }

  private static int size() {
    return TestModels.spec(CellType.SRU, 2, 8, List.of("load", "wind")).network().stateSize();
  }

  /** An announcement of its own, whatever was said before of that number. */
  private static Announcement again(Announcement announcement) {
    return new Announcement(
        announcement.id() + ", again",
        announcement.model(),
        announcement.effectiveFrom(),
        announcement.swap(),
        announcement.digest(),
        announcement.store());
  }

  /** What one run of the job left. */
  private record Run(List<Prediction> predictions, OperatorSubtaskState state) {}

  private static Run run(
      @Nullable OperatorSubtaskState state, List<Announcement> announced, long from, long to)
      throws Exception {
    try (PredictHarness harness =
        new PredictHarness(SETTINGS, Backend.HEAP, 1, 0, () -> announced)) {
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
      for (long time = from; time < to; time++) {
        harness.observe("a", time);
      }
      OperatorSubtaskState after = harness.checkpoint();
      return new Run(harness.predictions(), after);
    }
  }
}
