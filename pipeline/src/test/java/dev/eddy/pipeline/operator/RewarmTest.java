package dev.eddy.pipeline.operator;

import static dev.eddy.pipeline.operator.OperatorRuns.key;
import static dev.eddy.pipeline.operator.OperatorRuns.medians;
import static dev.eddy.pipeline.operator.OperatorRuns.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.FutureUpdate;
import dev.eddy.connectors.event.KeyedEvent;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A key that is re-warmed by a version goes on as if it had lived under it. Its intervals may
 * differ, because their calibration survives; so medians are compared.
 */
class RewarmTest {
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

  @ParameterizedTest
  @EnumSource
  void a_key_no_older_than_the_inputs_that_are_kept_is_as_if_it_had_lived_under_the_version(
      Backend backend) throws Exception {
    List<Observation> observations = key("a", 0, 20);
    for (int swap : new int[] {1, 2, W - 1, W, W + 1, 2 * W - 1, 2 * W}) {
      List<Prediction> moved = run(backend, W, swapAt(swap, "rewarm"), observations);
      List<Prediction> lived = run(backend, W, List.of(models.announce(second)), observations);
      for (int i = swap; i < observations.size(); i++) {
        assertThat(medians(moved.get(i))).as("%s at %s", swap, i).isEqualTo(medians(lived.get(i)));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(CellType.class)
  void the_difference_of_an_older_key_shrinks_with_the_inputs_that_are_kept(CellType cell)
      throws Exception {
    PublishedModel before = models.publish(TestModels.spec(cell, 2, 8, List.of("load", "wind")), 3);
    PublishedModel after = models.publish(TestModels.spec(cell, 2, 8, List.of("load", "wind")), 4);
    List<Observation> observations = key("a", 0, 200);
    int swap = 150;
    List<Prediction> lived = run(Backend.HEAP, 1, List.of(models.announce(after)), observations);
    double last = Double.MAX_VALUE;
    for (int steps : new int[] {1, 16, 64}) {
      List<Announcement> announced =
          List.of(models.announce(before), models.announce(after, swap, "rewarm"));
      List<Prediction> moved = run(Backend.HEAP, steps, announced, observations);
      double difference = difference(moved, lived, swap, observations.size());
      assertThat(difference).as("%s steps", steps).isLessThanOrEqualTo(tolerance(steps));
      assertThat(difference).isLessThanOrEqualTo(last);
      last = difference;
    }
    List<Announcement> reset =
        List.of(models.announce(before), models.announce(after, swap, "reset"));
    assertThat(difference(run(Backend.HEAP, 0, reset, observations), lived, swap, 200))
        .isGreaterThan(10 * last);
  }

  /** Of values about 10: what cells of random weights keep of what was is .91 of it each step. */
  private static double tolerance(int steps) {
    return 20 * Math.pow(0.91, steps) + 1e-5;
  }

  @Test
  void inputs_of_the_same_batch_are_among_those_that_lead_it() throws Exception {
    List<Observation> observations = key("a", 0, 7);
    for (int maxBatch : new int[] {1, 2, 3, 7}) {
      List<Prediction> moved = run(null, maxBatch, W, swapAt(5, "rewarm"), observations).made();
      assertThat(medians(moved.get(5)))
          .isEqualTo(medians(run(Backend.HEAP, W, livedBySecond(), observations).get(5)));
    }
  }

  @Test
  void a_key_that_goes_back_to_the_version_before_is_led_through_what_the_other_one_saw()
      throws Exception {
    List<Observation> observations = key("a", 0, 16);
    List<Announcement> announced =
        List.of(
            models.announce(first),
            models.announce(second, 4, "rewarm"),
            models.announce(first, 7, "rewarm"));
    List<Prediction> back = run(Backend.HEAP, W, announced, observations);
    List<Prediction> never = run(Backend.HEAP, W, List.of(models.announce(first)), observations);
    for (int i = 7; i < 16; i++) {
      assertThat(back.get(i).shape().model()).isEqualTo("test@1");
      assertThat(medians(back.get(i))).isEqualTo(medians(never.get(i)));
    }
  }

  @Test
  void a_key_that_slept_through_a_version_is_led_through_its_inputs_by_the_one_after_it()
      throws Exception {
    List<Observation> observations = new ArrayList<>(key("a", 0, 5));
    observations.addAll(key("a", 20, 25));
    PublishedModel third = models.publish(9);
    List<Announcement> announced =
        List.of(
            models.announce(first),
            models.announce(second, 10, "rewarm"),
            models.announce(third, 15, "carry"));
    List<Prediction> moved = run(Backend.HEAP, W, announced, observations);
    List<Prediction> lived = run(Backend.HEAP, W, List.of(models.announce(third)), observations);
    for (int i = 5; i < 10; i++) {
      assertThat(medians(moved.get(i))).isEqualTo(medians(lived.get(i)));
    }
  }

  @Test
  void a_key_whose_inputs_were_not_kept_keeps_what_it_remembers_and_begins_its_hidden_state()
      throws Exception {
    List<Observation> observations = key("a", 0, 20);
    OperatorSubtaskState state =
        run(null, 7, 0, List.of(models.announce(first)), observations.subList(0, 10)).state();
    List<Prediction> moved =
        run(state, 7, W, swapAt(10, "rewarm"), observations.subList(10, 20)).made();
    List<Prediction> reset =
        run(state, 7, 0, swapAt(10, "reset"), observations.subList(10, 20)).made();
    for (int i = 0; i < 10; i++) {
      assertThat(moved.get(i).values()).isEqualTo(reset.get(i).values());
    }
  }

  @Test
  void inputs_of_before_a_time_in_which_none_were_kept_lead_nobody() throws Exception {
    List<Observation> observations = key("a", 0, 30);
    List<Announcement> one = List.of(models.announce(first));
    OperatorSubtaskState state = run(null, 7, W, one, observations.subList(0, 5)).state();
    state = run(state, 7, 0, one, observations.subList(5, 12)).state();
    state = run(state, 7, W, one, observations.subList(12, 20)).state();
    List<Prediction> moved =
        run(state, 7, W, swapAt(20, "rewarm"), observations.subList(20, 30)).made();

    OperatorSubtaskState never = run(null, 7, 0, one, observations.subList(0, 12)).state();
    never = run(never, 7, W, one, observations.subList(12, 20)).state();
    List<Prediction> expected =
        run(never, 7, W, swapAt(20, "rewarm"), observations.subList(20, 30)).made();
    for (int i = 0; i < 10; i++) {
      assertThat(moved.get(i).values()).isEqualTo(expected.get(i).values());
    }
  }

  @Test
  void a_key_that_starts_afresh_is_not_led_through_what_was_before() throws Exception {
    List<Observation> observations = new ArrayList<>(key("a", 0, 5));
    observations.addAll(key("a", 1000, 1010));
    PredictSettings forgetful =
        new PredictSettings(
            PredictHarness.settings(7, 500).versions(), "observations", 7, 5, 500, 1000, W);
    List<Prediction> moved = run(forgetful, null, swapAt(1006, "rewarm"), observations).made();
    List<Prediction> alone =
        run(forgetful, null, swapAt(1006, "rewarm"), observations.subList(5, 15)).made();
    for (int i = 0; i < 10; i++) {
      assertThat(moved.get(5 + i).values()).isEqualTo(alone.get(i).values());
    }
  }

  @Test
  void future_updates_between_observations_lead_the_key_too() throws Exception {
    PublishedModel one =
        models.publish(
            TestModels.withFuture(TestModels.spec(CellType.SRU, 2, 8, List.of("load", "wind"))), 6);
    PublishedModel two =
        models.publish(
            TestModels.withFuture(TestModels.spec(CellType.SRU, 2, 8, List.of("load", "wind"))), 7);
    List<KeyedEvent> events = new ArrayList<>();
    for (int time = 0; time < 14; time++) {
      events.add(TestModels.observation("a", time, time));
      if (time % 3 == 1) {
        events.add(
            new FutureUpdate("a", time, TestModels.future(1, 3.0 + time, 3, 9.0 - time), 0, 0));
      }
    }
    PredictSettings settings = PredictHarness.rewarming(TestModels.SCHEMA_WITH_FUTURE, 5, W);
    List<Announcement> swapped = List.of(models.announce(one), models.announce(two, 11, "rewarm"));
    List<Prediction> moved = run(settings, null, swapped, events).made();
    List<Prediction> lived = run(settings, null, List.of(models.announce(two)), events).made();
    for (int i = 11; i < 14; i++) {
      assertThat(medians(moved.get(i))).isEqualTo(medians(lived.get(i)));
    }
  }

  private List<Announcement> swapAt(long time, String policy) {
    return List.of(models.announce(first), models.announce(second, time, policy));
  }

  private List<Announcement> livedBySecond() {
    return List.of(models.announce(second));
  }

  private static double difference(
      List<Prediction> found, List<Prediction> expected, int from, int to) {
    double most = 0;
    for (int i = from; i < to; i++) {
      for (int at = 0; at < medians(found.get(i)).size(); at++) {
        double difference = medians(found.get(i)).get(at) - medians(expected.get(i)).get(at);
        most = Math.max(most, Math.abs(difference));
      }
    }
    return most;
  }
}
