package dev.eddy.pipeline.operator;

import static dev.eddy.pipeline.operator.OperatorRuns.key;
import static dev.eddy.pipeline.operator.OperatorRuns.medians;
import static dev.eddy.pipeline.operator.OperatorRuns.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.Announcement;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.model.spec.CellType;
import dev.eddy.model.store.PublishedModel;
import dev.eddy.pipeline.operator.PredictHarness.Backend;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Fields of the observations may come, go and change places between versions and between runs: keys
 * are led through what they had.
 */
class RewarmFieldsTest {
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
  @CsvSource({"load;wind, load;wind;rain", "load;wind;rain, wind;load", "load;wind, wind;load"})
  void fields_that_are_added_removed_or_reordered_between_runs_lead_the_key_all_the_same(
      String fieldsBefore, String fieldsAfter) throws Exception {
    ObservationSchema before = schema(fieldsBefore);
    ObservationSchema after = schema(fieldsAfter);
    List<Announcement> one = List.of(models.announce(first));
    OperatorSubtaskState state = run(before, null, W, one, observed(before, 0, 10)).state();
    List<Prediction> moved =
        run(after, state, W, swapAt(13, "rewarm"), observed(after, 10, 20)).made();

    List<Prediction> lived = run(Backend.HEAP, W, swapAt(13, "rewarm"), key("a", 0, 20));
    for (int i = 0; i < 10; i++) {
      assertThat(moved.get(i).values()).isEqualTo(lived.get(10 + i).values());
    }
  }

  @Test
  void a_version_that_reads_a_new_field_takes_over_all_that_the_key_has_shown() throws Exception {
    ObservationSchema before = schema("load;wind");
    ObservationSchema after = schema("rain;load;wind");
    PublishedModel rainy =
        models.publish(TestModels.spec(CellType.SRU, 2, 8, List.of("rain", "load", "wind")), 5);
    List<Announcement> one = List.of(models.announce(first));
    OperatorSubtaskState state = run(before, null, W, one, observed(before, 0, 10)).state();
    List<Announcement> two = List.of(one.get(0), models.announce(rainy, 10, "rewarm"));
    List<Prediction> moved = run(after, state, W, two, observed(after, 10, 15)).made();

    // As if the key had lived under it, and the rain had come late.
    List<Observation> late = new ArrayList<>(unknown(after, "rain", observed(after, 0, 10)));
    late.addAll(observed(after, 10, 15));
    List<Prediction> lived = run(after, null, W, List.of(models.announce(rainy)), late).made();
    for (int i = 0; i < 5; i++) {
      assertThat(medians(moved.get(i))).isEqualTo(medians(lived.get(10 + i)));
    }
  }

  @Test
  void a_version_whose_field_is_no_longer_observed_gives_its_keys_back_with_what_they_remember()
      throws Exception {
    ObservationSchema before = schema("load;wind;rain");
    ObservationSchema after = schema("load;wind");
    PublishedModel rainy =
        models.publish(TestModels.spec(CellType.SRU, 2, 8, List.of("rain", "load", "wind")), 5);
    List<Announcement> announced =
        List.of(models.announce(first), models.announce(rainy, 5, "rewarm"));
    OperatorSubtaskState state = run(before, null, W, announced, observed(before, 0, 10)).state();
    List<Prediction> back = run(after, state, W, announced, observed(after, 10, 15)).made();

    List<Prediction> lived = run(Backend.HEAP, W, List.of(models.announce(first)), key("a", 0, 15));
    for (int i = 0; i < 5; i++) {
      assertThat(back.get(i).shape().model()).isEqualTo("test@1");
      assertThat(medians(back.get(i))).isEqualTo(medians(lived.get(10 + i)));
    }
  }

  private List<Announcement> swapAt(long time, String policy) {
    return List.of(models.announce(first), models.announce(second, time, policy));
  }

  private static ObservationSchema schema(String fields) {
    return new ObservationSchema(List.of(fields.split(";")), List.of(), null);
  }

  /** Observations of key "a" with these fields; rain is what the time says. */
  private static List<Observation> observed(ObservationSchema schema, int from, int to) {
    return key("a", from, to).stream()
        .map(
            each -> {
              Map<String, Double> values =
                  Map.of(
                      "load", each.numeric()[0],
                      "wind", each.numeric()[1],
                      "rain", 5.0 + each.time() % 4);
              return with(each, schema.numeric().stream().mapToDouble(values::get).toArray());
            })
        .toList();
  }

  private static List<Observation> unknown(
      ObservationSchema schema, String field, List<Observation> observations) {
    return observations.stream()
        .map(
            each -> {
              double[] numeric = each.numeric().clone();
              numeric[schema.numeric().indexOf(field)] = Double.NaN;
              return with(each, numeric);
            })
        .toList();
  }

  private static Observation with(Observation each, double[] numeric) {
    return new Observation(each.key(), each.time(), numeric, new String[0], null, 0, each.offset());
  }
}
