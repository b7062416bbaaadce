package dev.eddy.connectors.serde.avro;

import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.COMPATIBLE;
import static org.apache.avro.SchemaCompatibility.SchemaCompatibilityType.INCOMPATIBLE;
import static org.apache.avro.SchemaCompatibility.checkReaderWriterCompatibility;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.serde.json.OutputSettings;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * Which changes of a deployment leave its schemas able to read each other's records: backward, the
 * new one what the old one wrote, and forward.
 */
class ChangedDeploymentTest {
  private static final ObservationSchema BEFORE =
      observations(List.of("load", "wind"), List.of("town"), null, Map.of());

  private static ObservationSchema observations(
      List<String> numeric, List<String> categorical, String label, Map<String, String> paths) {
    return new ObservationSchema(
        numeric, categorical, label, FutureFields.NONE, RecordLayout.of(paths));
  }

  private static Schema predictions(
      OutputSettings.Format format,
      List<String> targets,
      List<Integer> horizons,
      List<Double> quantiles) {
    OutputSettings output = new OutputSettings(List.of(), format, RecordEncoding.AVRO);
    return new Schema.Parser()
        .parse(PredictionAvroSchema.of(output, "d", targets, horizons, quantiles));
  }

  private static void assertBothWays(Schema one, Schema other) {
    assertThat(checkReaderWriterCompatibility(other, one).getType()).isEqualTo(COMPATIBLE);
    assertThat(checkReaderWriterCompatibility(one, other).getType()).isEqualTo(COMPATIBLE);
  }

  private static Schema schema(ObservationSchema observations) {
    return ObservationAvroSchema.generated(observations, "d");
  }

  @Test
  void a_feature_more_or_less_goes_both_ways() {
    assertBothWays(
        schema(BEFORE),
        schema(
            observations(
                List.of("load", "wind", "sun"), List.of("town", "kind"), "weather", Map.of())));
  }

  @Test
  void a_future_goes_both_ways() {
    ObservationSchema told =
        new ObservationSchema(
            List.of("load", "wind"),
            List.of("town"),
            null,
            new FutureFields(List.of("wind"), 3, 0));
    assertBothWays(schema(BEFORE), schema(told));
  }

  @Test
  void a_feature_that_moves_goes_both_ways_but_is_missing_to_the_other() {
    assertBothWays(
        schema(BEFORE),
        schema(
            observations(
                List.of("load", "wind"), List.of("town"), null, Map.of("wind", "data.wind"))));
  }

  @Test
  void a_number_that_becomes_text_does_not() {
    Schema text = schema(observations(List.of("load"), List.of("town", "wind"), null, Map.of()));
    assertThat(checkReaderWriterCompatibility(text, schema(BEFORE)).getType())
        .isEqualTo(INCOMPATIBLE);
  }

  @Test
  void a_key_that_moves_does_not() {
    Schema moved =
        schema(
            observations(List.of("load", "wind"), List.of("town"), null, Map.of("key", "sensor")));
    assertThat(checkReaderWriterCompatibility(schema(BEFORE), moved).getType())
        .isEqualTo(INCOMPATIBLE);
  }

  @Test
  void nested_predictions_have_one_schema_whatever_is_forecast() {
    Schema before =
        predictions(OutputSettings.Format.NESTED, List.of("load"), List.of(1), List.of(0.5));
    assertThat(
            predictions(
                OutputSettings.Format.NESTED,
                List.of("load", "wind"),
                List.of(1, 24),
                List.of(0.1, 0.5)))
        .isEqualTo(before);
    assertThat(predictions(OutputSettings.Format.NESTED, List.of(), List.of(1), List.of(0.5)))
        .isEqualTo(before);
  }

  @Test
  void flat_predictions_gain_and_lose_horizons_and_quantiles_both_ways() {
    Schema before =
        predictions(OutputSettings.Format.FLAT, List.of("load"), List.of(1, 7), List.of(0.1, 0.5));
    assertBothWays(
        before,
        predictions(
            OutputSettings.Format.FLAT, List.of("load"), List.of(7, 24), List.of(0.5, 0.9)));
  }

  @Test
  void a_second_target_renames_flat_fields_which_reads_as_null() {
    Schema one = predictions(OutputSettings.Format.FLAT, List.of("load"), List.of(1), List.of(0.5));
    Schema two =
        predictions(OutputSettings.Format.FLAT, List.of("load", "wind"), List.of(1), List.of(0.5));
    assertBothWays(one, two);
    assertThat(two.getField("h1_q0_5")).isNull();
  }
}
