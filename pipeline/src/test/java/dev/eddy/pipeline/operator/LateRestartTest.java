package dev.eddy.pipeline.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.store.ModelStore;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.OperatorRuns.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A job that was down goes on as if it had been there, whatever was announced or pruned. */
class LateRestartTest {
  private static final int VERSIONS = 10;
  private static final int DOWN_FROM = 30;
  private static final int EACH = 7; // observations of a version
  private static final int STEPS = 8;

  @TempDir Path store;

  @ParameterizedTest
  @ValueSource(strings = {"rewarm", "carry", "reset"})
  void ten_versions_announced_while_it_was_down_serve_from_their_times_on(String policy)
      throws Exception {
    List<Announcement> topic = announced(policy);
    List<Observation> all = OperatorRuns.key("a", 0, DOWN_FROM + EACH * (VERSIONS + 1));
    List<Prediction> uninterrupted = OperatorRuns.run(null, 7, STEPS, topic, all).made();

    Run before = OperatorRuns.run(null, 7, STEPS, topic.subList(0, 1), all.subList(0, DOWN_FROM));
    Run after =
        OperatorRuns.run(before.state(), 7, STEPS, topic, all.subList(DOWN_FROM, all.size()));

    List<Prediction> made = new ArrayList<>(before.made());
    made.addAll(after.made());
    assertSame(made, uninterrupted);
    assertThat(made.get(made.size() - 1).shape().model()).isEqualTo("test@" + (VERSIONS + 1));
  }

  @Test
  void keys_of_a_version_that_was_pruned_meanwhile_move_over_as_if_it_were_there()
      throws Exception {
    List<Announcement> topic = announced("rewarm").subList(0, 2);
    List<Observation> all = OperatorRuns.key("a", 0, DOWN_FROM + 2 * EACH);
    List<Observation> early = all.subList(0, DOWN_FROM);
    List<Observation> late = all.subList(DOWN_FROM + EACH, all.size());
    Run before = OperatorRuns.run(null, 7, STEPS, topic.subList(0, 1), early);
    List<Prediction> expected = OperatorRuns.run(before.state(), 7, STEPS, topic, late).made();

    assertThat(ModelStore.at(store).prune(new ModelId(TestModels.NAME, 1), Instant.EPOCH))
        .isPositive();

    assertSame(OperatorRuns.run(before.state(), 7, STEPS, topic, late).made(), expected);
    assertThat(expected.get(0).shape().model()).isEqualTo("test@2");
  }

  /** A first version, and ten that each serve a few observations after the job went down. */
  private List<Announcement> announced(String policy) {
    TestModels models = new TestModels(store);
    List<Announcement> topic = new ArrayList<>(List.of(models.announce(models.publish(1))));
    for (int version = 1; version <= VERSIONS; version++) {
      PublishedModel next = models.publish(version + 1);
      topic.add(models.announce(next, DOWN_FROM + (long) EACH * version, policy));
    }
    return topic;
  }

  private static void assertSame(List<Prediction> made, List<Prediction> expected) {
    assertThat(made).hasSameSizeAs(expected);
    for (int i = 0; i < made.size(); i++) {
      assertThat(made.get(i).shape().model()).isEqualTo(expected.get(i).shape().model());
      assertThat(made.get(i).values()).as("prediction %d", i).isEqualTo(expected.get(i).values());
    }
  }
}
