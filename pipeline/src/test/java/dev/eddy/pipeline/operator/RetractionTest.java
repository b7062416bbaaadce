package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.store.PublishedModel;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is retracted counts as never announced. */
class RetractionTest {
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

  @Test
  void a_version_that_is_retracted_before_its_time_never_serves() throws Exception {
    try (PredictHarness harness =
        PredictHarness.started(models.announce(first), models.announce(second, 100, "reset"))) {
      harness.observe("a", 99);
      harness.checkpoint();
      harness.announce(retraction("r", second));
      harness.observe("a", 100);
      harness.checkpoint();
      assertThat(versions(harness)).containsExactly("test@1", "test@1");
    }
  }

  @Test
  void a_retraction_that_comes_too_late_gives_the_keys_back_to_the_version_before()
      throws Exception {
    try (PredictHarness harness =
        PredictHarness.started(models.announce(first), models.announce(second, 100, "reset"))) {
      harness.observe("a", 100);
      harness.checkpoint();
      harness.announce(retraction("r", second));
      harness.observe("a", 101);
      harness.checkpoint();
      assertThat(versions(harness)).containsExactly("test@2", "test@1");
    }
  }

  @Test
  void what_is_announced_anew_after_its_retraction_serves() throws Exception {
    Announcement again =
        new Announcement(
            "again", second.id().toString(), 100, "reset", second.digest(), store.toString());
    try (PredictHarness harness =
        PredictHarness.started(
            models.announce(first),
            models.announce(second, 50, "reset"),
            retraction("r", second),
            again)) {
      harness.observe("a", 60);
      harness.observe("a", 100);
      harness.checkpoint();
      assertThat(versions(harness)).containsExactly("test@1", "test@2");
    }
  }

  @Test
  void a_retraction_of_another_digest_takes_nothing_back() throws Exception {
    try (PredictHarness harness =
        PredictHarness.started(
            models.announce(first),
            models.announce(second, 50, "reset"),
            Announcement.retraction("r", second.id().toString(), first.digest()))) {
      harness.observe("a", 60);
      harness.checkpoint();
      assertThat(versions(harness)).containsExactly("test@2");
    }
  }

  private static Announcement retraction(String id, PublishedModel model) {
    return Announcement.retraction(id, model.id().toString(), model.digest());
  }

  private static List<String> versions(PredictHarness harness) {
    return harness.predictions().stream().map(Prediction::shape).map(s -> s.model()).toList();
  }
}
