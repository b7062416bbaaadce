package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import dev.eddy.pipeline.version.AnnouncementLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A version whose files cannot be read stops nothing, and costs no key its memory. */
class LostVersionTest {
  @TempDir Path store;
  private TestModels models;
  private PublishedModel first;
  private PublishedModel twin; // the same weights under another number
  private final List<Prediction> predictions = new ArrayList<>(); // of all runs

  @BeforeEach
  void publish() {
    models = new TestModels(store);
    first = models.publish(1);
    twin = models.publish(1);
  }

  @Test
  void an_announced_version_that_is_missing_leaves_the_one_before_serving() throws Exception {
    remove(twin);
    List<Announcement> announced = firstAndTwinFrom(2);
    run(null, announced, 1, 4);
    assertThat(versions()).containsExactly("test@1", "test@1", "test@1");
  }

  @Test
  void a_version_that_is_lost_at_a_restart_gives_its_keys_back_with_all_they_remember()
      throws Exception {
    List<Announcement> announced = firstAndTwinFrom(3);
    OperatorSubtaskState state = run(null, announced, 1, 5);
    remove(twin);
    run(state, announced, 5, 9);
    assertThat(versions())
        .containsExactly(
            "test@1", "test@1", "test@2", "test@2", "test@1", "test@1", "test@1", "test@1");
    assertUninterrupted(1, 9);
  }

  @Test
  void a_version_that_can_be_read_again_serves_again_after_a_restart() throws Exception {
    List<Announcement> announced = firstAndTwinFrom(3);
    OperatorSubtaskState state = run(null, announced, 1, 5);
    Path aside = remove(twin);
    state = run(state, announced, 5, 7);
    Files.move(aside, models.weights(twin));
    run(state, announced, 7, 9);
    assertThat(versions())
        .containsExactly(
            "test@1", "test@1", "test@2", "test@2", "test@1", "test@1", "test@2", "test@2");
    assertUninterrupted(1, 9);
  }

  @Test
  void the_first_version_may_be_lost_as_well() throws Exception {
    List<Announcement> announced = firstAndTwinFrom(90);
    OperatorSubtaskState state = run(null, announced, 1, 5);
    remove(first);
    run(state, announced, 5, 9);
    assertThat(versions().subList(4, 8)).containsOnly("test@2");
    assertUninterrupted(1, 9);
  }

  @Test
  void a_version_that_is_cut_off_is_refused_at_a_restart_though_it_has_served() throws Exception {
    List<Announcement> announced = firstAndTwinFrom(3);
    OperatorSubtaskState state = run(null, announced, 1, 5);
    byte[] weights = Files.readAllBytes(models.weights(twin));
    Files.write(models.weights(twin), Arrays.copyOf(weights, weights.length / 2));
    run(state, announced, 5, 9);
    assertThat(versions().subList(4, 8)).containsOnly("test@1");
    assertUninterrupted(1, 9);
  }

  @Test
  void a_version_that_is_announced_again_once_it_can_be_read_serves_without_a_restart()
      throws Exception {
    byte[] weights = Files.readAllBytes(models.weights(twin));
    Files.write(models.weights(twin), new byte[3]);
    try (PredictHarness harness =
        PredictHarness.started(models.announce(first), models.announce(twin, 2, "carry"))) {
      harness.observe("a", 2);
      harness.checkpoint();
      Files.write(models.weights(twin), weights);
      harness.announce(models.announce(twin, 5, "carry"));
      harness.observe("a", 4);
      harness.observe("a", 5);
      harness.checkpoint();
      predictions.addAll(harness.predictions());
    }
    assertThat(versions()).containsExactly("test@1", "test@1", "test@2");
  }

  @Test
  void a_lost_version_of_another_shape_does_not_keep_its_successor_from_serving() throws Exception {
    PublishedModel wide =
        models.publish(TestModels.spec(CellType.SRU, 2, 16, List.of("load", "wind")), 2);
    PublishedModel wider =
        models.publish(TestModels.spec(CellType.SRU, 2, 16, List.of("load", "wind")), 3);
    List<Announcement> announced =
        List.of(
            models.announce(first),
            models.announce(wide, 2, "reset"),
            models.announce(wider, 3, "carry"));
    remove(wide);
    run(null, announced, 1, 5);
    assertThat(versions()).containsExactly("test@1", "test@1", "test@4", "test@4");
  }

  @Test
  void where_no_version_can_be_read_the_job_waits_until_one_can() throws Exception {
    Path aside = remove(first);
    List<Announcement> announced = List.of(models.announce(first));
    AtomicInteger reads = new AtomicInteger();
    AnnouncementLog log =
        () -> {
          if (reads.incrementAndGet() == 2) {
            Files.move(aside, models.weights(first));
          }
          return announced;
        };
    try (PredictHarness harness =
        new PredictHarness(
            PredictHarness.settings(PredictHarness.MAX_BATCH, PredictHarness.NEVER),
            Backend.HEAP,
            1,
            0,
            log)) {
      harness.open();
      harness.observe("a", 1);
      harness.checkpoint();
      predictions.addAll(harness.predictions());
    }
    assertThat(reads).hasValue(2);
    assertThat(versions()).containsExactly("test@1");
  }

  private List<Announcement> firstAndTwinFrom(long time) {
    return List.of(models.announce(first), models.announce(twin, time, "carry"));
  }

  /** One run of the job, over the observations from one time to another, and its last state. */
  private OperatorSubtaskState run(
      @Nullable OperatorSubtaskState state, List<Announcement> announced, long from, long to)
      throws Exception {
    try (PredictHarness harness =
        new PredictHarness(
            PredictHarness.settings(PredictHarness.MAX_BATCH, PredictHarness.NEVER),
            Backend.HEAP,
            1,
            0,
            () -> announced)) {
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
      for (long time = from; time < to; time++) {
        harness.observe("a", time);
      }
      OperatorSubtaskState after = harness.checkpoint();
      predictions.addAll(harness.predictions());
      return after;
    }
  }

  /** The versions' weights are the same, so who served shows in their names only. */
  private void assertUninterrupted(long from, long to) throws Exception {
    List<Prediction> interrupted = List.copyOf(predictions);
    predictions.clear();
    PublishedModel another = new TestModels(store.resolve("uninterrupted")).publish(1);
    run(null, List.of(new TestModels(store.resolve("uninterrupted")).announce(another)), from, to);
    for (int i = 0; i < predictions.size(); i++) {
      assertThat(interrupted.get(i).values()).isEqualTo(predictions.get(i).values());
    }
    assertThat(interrupted).hasSameSizeAs(predictions);
  }

  private Path remove(PublishedModel model) throws IOException {
    Path aside = store.resolve("aside-" + model.id().version());
    return Files.move(models.weights(model), aside);
  }

  private List<String> versions() {
    return predictions.stream().map(each -> each.shape().model()).toList();
  }
}
