package dev.eddy.pipeline.operator;

import static dev.eddy.pipeline.operator.OperatorRuns.key;
import static dev.eddy.pipeline.operator.OperatorRuns.medians;
import static dev.eddy.pipeline.operator.OperatorRuns.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.evaluation.Answer;
import dev.eddy.pipeline.evaluation.EvaluatedFields;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of keys for a shadow: from when on, until when, and through restarts. */
class ShadowStateTest {
  private static final int W = 8;
  private static final long FORGET = 100;

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

  @ParameterizedTest
  @EnumSource
  void keys_let_go_of_what_a_shadow_made_that_is_taken_back(Backend backend) throws Exception {
    try (PredictHarness harness = started(backend, null, first(), shadowFrom(1))) {
      observe(harness, 20, 1);
      assertThat(harness.shadowedKeys()).isEqualTo(20);
      harness.announce(retraction());
      observe(harness, 15, 2);
      assertThat(harness.shadowedKeys()).isEqualTo(5); // they were not observed since
      assertThat(harness.keptKeys()).isEqualTo(20);
      observe(harness, 20, 3);
      assertThat(harness.shadowedKeys()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void keys_give_what_a_shadow_made_to_the_version_that_it_becomes(Backend backend)
      throws Exception {
    try (PredictHarness harness = started(backend, null, first(), shadowFrom(1))) {
      observe(harness, 20, 1);
      harness.announce(models.announce(second, 3, "rewarm"));
      observe(harness, 20, 2);
      assertThat(harness.shadowedKeys()).isEqualTo(20);
      observe(harness, 20, 3);
      assertThat(harness.shadowedKeys()).isZero();
      assertThat(harness.predictions().get(59).shape().model()).isEqualTo("test@2");
    }
  }

  @ParameterizedTest
  @EnumSource
  void silent_keys_are_freed_with_what_a_shadow_made_of_them(Backend backend) throws Exception {
    try (PredictHarness harness = started(backend, null, first(), shadowFrom(1))) {
      observe(harness, 20, 1);
      harness.watermark1(20 * FORGET);
      assertThat(harness.keptKeys()).isZero();
      assertThat(harness.shadowedKeys()).isZero();
    }
  }

  @Test
  void a_shadow_that_cannot_be_read_stops_nothing_and_is_one_when_it_is_announced_again()
      throws Exception {
    byte[] weights = Files.readAllBytes(models.weights(second));
    Files.delete(models.weights(second));
    try (PredictHarness harness = started(Backend.HEAP, null, first(), shadowFrom(1))) {
      observe(harness, 3, 1);
      assertThat(harness.predictions()).hasSize(3);
      assertThat(harness.shadowedKeys()).isZero();
      Files.write(models.weights(second), weights);
      harness.announce(shadowFrom(2));
      observe(harness, 3, 2);
      assertThat(harness.shadowedKeys()).isEqualTo(3);
      assertThat(shadows(harness)).hasSize(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_savepoint_with_a_shadow_is_resumed_after_it_was_taken_back(Backend backend)
      throws Exception {
    OperatorSubtaskState state;
    try (PredictHarness harness = started(backend, null, first(), shadowFrom(1))) {
      observe(harness, 4, 1);
      state = harness.checkpoint();
    }
    try (PredictHarness harness = started(backend, state, first(), shadowFrom(1), retraction())) {
      observe(harness, 4, 2);
      assertThat(shadows(harness)).isEmpty();
      assertThat(harness.shadowedKeys()).isZero();
    }
  }

  @Test
  void keys_that_wake_after_a_shadow_was_another_do_not_ask_for_the_one_of_before()
      throws Exception {
    PublishedModel third = models.publish(3);
    Announcement other = models.announce(third, 10, "rewarm").asShadow();
    OperatorSubtaskState state = asleepUntil(other);
    byte[] weights = Files.readAllBytes(models.weights(second));
    Files.delete(models.weights(second));
    try (PredictHarness harness = started(Backend.HEAP, state, first(), shadowFrom(1), other)) {
      observe(harness, 4, 13);
      assertThat(shadows(harness)).hasSize(4);
      Files.write(models.weights(second), weights);
      harness.announce(Announcement.retraction("third", third.id().toString(), third.digest()));
      observe(harness, 4, 14);
      assertThat(shadows(harness)).as("it was not refused meanwhile").hasSize(8);
    }
  }

  @Test
  void a_key_is_told_what_is_to_come_though_its_shadow_of_before_is_gone() throws Exception {
    Announcement other = models.announce(models.publish(3), 10, "rewarm").asShadow();
    OperatorSubtaskState state = asleepUntil(other);
    Files.delete(models.weights(second));
    try (PredictHarness harness = started(Backend.HEAP, state, first(), shadowFrom(1), other)) {
      assertThat(harness.shadowedKeys()).isEqualTo(5);
      harness.observe(new FutureUpdate("key 0", 2, FutureValues.NONE, 0, 9));
      harness.checkpoint();
      assertThat(harness.shadowedKeys()).isEqualTo(4);
      observe(harness, 1, 13);
      assertThat(shadows(harness)).hasSize(1);
    }
  }

  /** Four keys have slept since before the shadow became another; one has not. */
  private OperatorSubtaskState asleepUntil(Announcement other) throws Exception {
    try (PredictHarness harness = started(Backend.HEAP, null, first(), shadowFrom(1), other)) {
      observe(harness, 4, 1);
      harness.observe("awake", 12);
      return harness.checkpoint();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_savepoint_of_before_a_shadow_is_resumed_with_it(Backend backend) throws Exception {
    OperatorSubtaskState state;
    try (PredictHarness harness = started(backend, null, first())) {
      observe(harness, 4, 1);
      state = harness.checkpoint();
    }
    try (PredictHarness harness = started(backend, state, first(), shadowFrom(2))) {
      observe(harness, 4, 2);
      assertThat(shadows(harness)).hasSize(4);
    }
  }

  /** Some have been promoted, some sleep until it is over; all are as if they had never left. */
  @Test
  void a_rollback_takes_keys_back_whether_they_were_promoted_or_not_yet() throws Exception {
    List<Observation> observations = new ArrayList<>(key("awake", 0, 30));
    observations.addAll(key("asleep", 0, 12));
    observations.addAll(key("asleep", 25, 30));
    List<Announcement> announced =
        List.of(
            first(),
            shadowFrom(2),
            models.announce(second, 15, "rewarm"),
            models.announce(first, 20, "rewarm"));
    List<Prediction> back = run(Backend.HEAP, 2 * W, announced, observations);
    List<Prediction> never = run(Backend.HEAP, 2 * W, List.of(first()), observations);
    for (int i = 0; i < back.size(); i++) {
      if (back.get(i).time() < 15 || back.get(i).time() >= 20) {
        assertThat(back.get(i).shape().model()).isEqualTo("test@1");
        assertThat(medians(back.get(i))).isEqualTo(medians(never.get(i)));
      }
    }
  }

  private Announcement first() {
    return models.announce(first);
  }

  private Announcement shadowFrom(long time) {
    return models.announce(second, time, "rewarm").asShadow();
  }

  private Announcement retraction() {
    return Announcement.retraction("retraction", second.id().toString(), second.digest());
  }

  private static void observe(PredictHarness harness, int keys, long time) throws Exception {
    for (int key = 0; key < keys; key++) {
      harness.observe("key " + key, time);
    }
    harness.checkpoint();
  }

  private static List<Answer> shadows(PredictHarness harness) {
    return harness.answered().stream()
        .flatMap(each -> each.answers().stream())
        .filter(Answer::shadow)
        .toList();
  }

  private static PredictHarness started(
      Backend backend, @Nullable OperatorSubtaskState state, Announcement... announced)
      throws Exception {
    PredictSettings settings =
        new PredictSettings(
                PredictHarness.settings(7, FORGET).versions(),
                "observations",
                7,
                PredictHarness.LINGER,
                FORGET,
                PredictHarness.MAX_AHEAD,
                W)
            .evaluating(EvaluatedFields.of(List.of("load"), TestModels.SCHEMA.numeric()));
    List<Announcement> log = List.of(announced);
    PredictHarness harness = new PredictHarness(settings, backend, 1, 0, () -> log);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
