package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.PublishedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Versions take over from each other at event times, refused ones never. */
class SwapTest {
  @TempDir Path store;
  private TestModels models;
  private PublishedModel first;

  @BeforeEach
  void publish() {
    models = new TestModels(store);
    first = models.publish(1);
  }

  @Test
  void a_tenure_may_begin_inside_a_batch_and_inside_a_key() throws Exception {
    PublishedModel second = models.publish(2);
    try (PredictHarness harness =
        PredictHarness.started(models.announce(first), models.announce(second, 100, "carry"))) {
      harness.observe("a", 98);
      harness.observe("b", 120);
      harness.observe("a", 99);
      harness.observe("a", 100);
      harness.observe("a", 101);
      harness.checkpoint();
      assertThat(versions(harness))
          .containsExactly("test@1", "test@2", "test@1", "test@2", "test@2");
    }
  }

  @Test
  void an_announcement_while_the_job_runs_serves_from_its_effective_time() throws Exception {
    PublishedModel second = models.publish(2);
    try (PredictHarness harness = PredictHarness.started(models.announce(first))) {
      harness.observe("a", 1);
      harness.checkpoint();
      harness.announce(models.announce(second, 100, "carry"));
      harness.observe("a", 99);
      harness.observe("a", 100);
      harness.checkpoint();
      assertThat(versions(harness)).containsExactly("test@1", "test@1", "test@2");
    }
  }

  @Test
  void an_announcement_that_is_repeated_or_meant_for_others_changes_nothing() throws Exception {
    Announcement announcement = models.announce(first);
    Announcement other =
        new Announcement("other", "other@1", 0, "carry", first.digest(), store.toString());
    try (PredictHarness harness = PredictHarness.started(announcement, other)) {
      harness.announce(announcement);
      harness.announce(other);
      harness.observe("a", 1);
      harness.checkpoint();
      assertThat(versions(harness)).containsExactly("test@1");
    }
  }

  @Test
  void carry_keeps_a_keys_hidden_state_and_reset_does_not() throws Exception {
    PublishedModel twin = models.publish(1); // the same weights under another number
    double[] uninterrupted = lastOf(models.announce(first));
    double[] carried = lastOf(models.announce(first), models.announce(twin, 30, "carry"));
    double[] reset = lastOf(models.announce(first), models.announce(twin, 30, "reset"));
    assertThat(carried).isEqualTo(uninterrupted);
    assertThat(reset).isNotEqualTo(uninterrupted);
  }

  @Test
  void a_key_that_was_silent_at_a_reset_is_reset_all_the_same() throws Exception {
    PublishedModel twin = models.publish(1);
    PublishedModel triplet = models.publish(1);
    double[] reset = lastOf(models.announce(first), models.announce(twin, 30, "reset"));
    double[] skipped =
        lastOf(
            models.announce(first),
            models.announce(twin, 25, "reset"),
            models.announce(triplet, 30, "carry"));
    assertThat(skipped).isEqualTo(reset);
  }

  @Test
  void a_version_whose_weights_were_changed_is_refused_and_the_one_before_keeps_serving()
      throws Exception {
    PublishedModel second = models.publish(2);
    byte[] weights = Files.readAllBytes(models.weights(second));
    weights[weights.length - 1] ^= 1;
    Files.write(models.weights(second), weights);
    assertRefused(models.announce(second, 100, "carry"));
  }

  @Test
  void a_version_with_another_digest_than_announced_is_refused() throws Exception {
    PublishedModel second = models.publish(2);
    assertRefused(models.announce(new PublishedModel(second.id(), first.digest()), 100, "carry"));
  }

  @Test
  void carrying_between_networks_of_unequal_shape_is_refused() throws Exception {
    PublishedModel wider =
        models.publish(TestModels.spec(CellType.SRU, 2, 16, List.of("load", "wind")), 2);
    assertRefused(models.announce(wider, 100, "carry"));
    PublishedModel other =
        models.publish(TestModels.spec(CellType.LSTM, 2, 8, List.of("load", "wind")), 2);
    assertRefused(models.announce(other, 100, "carry"));
    PublishedModel asLargeAState =
        models.publish(TestModels.spec(CellType.GRU, 2, 8, List.of("load", "wind")), 2);
    assertRefused(models.announce(asLargeAState, 100, "carry"));
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void networks_of_unequal_shape_can_be_reset(CellType cell) throws Exception {
    PublishedModel other = models.publish(TestModels.spec(cell, 1, 16, List.of("load")), 2);
    try (PredictHarness harness =
        PredictHarness.started(models.announce(first), models.announce(other, 100, "reset"))) {
      harness.observe("a", 99);
      harness.observe("a", 100);
      harness.checkpoint();
      assertThat(versions(harness)).containsExactly("test@1", "test@2");
    }
  }

  @Test
  void a_version_that_reads_a_field_the_deployment_lacks_is_refused() throws Exception {
    PublishedModel second =
        models.publish(TestModels.spec(CellType.SRU, 2, 8, List.of("load", "rain")), 2);
    assertRefused(models.announce(second, 100, "carry"));
  }

  @Test
  void a_store_that_is_no_location_is_refused() throws Exception {
    Announcement good = models.announce(models.publish(2), 100, "carry");
    assertRefused(
        new Announcement(
            good.id(), good.model(), good.effectiveFrom(), good.swap(), good.digest(), "s3://a b"));
  }

  @Test
  void an_unknown_swap_policy_is_refused() throws Exception {
    assertRefused(models.announce(models.publish(2), 100, "teleport"));
  }

  @Test
  void no_model_at_all_ends_the_job_with_one_line() {
    assertThatThrownBy(PredictHarness::started)
        .isInstanceOf(SuppressRestartsException.class)
        .hasRootCauseMessage("model test: none announced on topic models (must be trained first)");
  }

  @Test
  void only_refused_versions_end_the_job_with_one_line() throws IOException {
    Files.write(models.weights(first), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> PredictHarness.started(models.announce(first)))
        .isInstanceOf(SuppressRestartsException.class)
        .rootCause()
        .hasMessageContaining("model test: every version is refused; the last: test@1")
        .hasMessageContaining("weights.safetensors: SHA-256");
  }

  /** Both when it is known from the start and when it comes while the job runs. */
  private void assertRefused(Announcement refused) throws Exception {
    try (PredictHarness atStart = PredictHarness.started(models.announce(first), refused);
        PredictHarness running = PredictHarness.started(models.announce(first))) {
      running.announce(refused);
      for (PredictHarness harness : List.of(atStart, running)) {
        harness.observe("a", 99);
        harness.observe("a", 100);
        harness.checkpoint();
        assertThat(versions(harness)).containsExactly("test@1", "test@1");
      }
    }
  }

  private static double[] lastOf(Announcement... announcements) throws Exception {
    try (PredictHarness harness = PredictHarness.started(announcements)) {
      harness.observe("a", 10);
      harness.observe("a", 20);
      harness.observe("a", 30);
      harness.checkpoint();
      return harness.predictions().get(2).values();
    }
  }

  private static List<String> versions(PredictHarness harness) {
    return harness.predictions().stream().map(Prediction::shape).map(s -> s.model()).toList();
  }
}
