package dev.eddy.connectors.serde.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape.Classes;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.connectors.serde.json.OutputSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.junit.jupiter.api.Test;

/** Predictions in Avro, read by Avro's own reader. */
class AvroPredictionsTest {
  private static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  private static final Forecast TWO =
      new Forecast("w@1", List.of("load", "wind"), List.of(1, 24), List.of(0.1, 0.5), 3_600_000);
  private static final double[] VALUES = {1, 2, 3, 4, 5, 6, Float.NaN, 8};

  private static OutputSettings output(List<Integer> horizons, OutputSettings.Format format) {
    return new OutputSettings(horizons, format, RecordEncoding.AVRO);
  }

  private static PredictionFormat format(OutputSettings output, List<String> targets) {
    String schema =
        PredictionAvroSchema.of(output, "my-w", targets, List.of(1, 24), List.of(0.1, 0.5));
    return new PredictionFormat(output, schema, null, "");
  }

  private static GenericRecord read(PredictionFormat format, byte[] value) throws IOException {
    Schema schema = new Schema.Parser().parse(format.schema());
    return new GenericDatumReader<GenericRecord>(schema)
        .read(null, DecoderFactory.get().binaryDecoder(value, null));
  }

  private static String json(PredictionFormat format, byte[] value) throws IOException {
    return new String(
        RecordFormats.text(RecordFormats.tokens(format.records()), value), StandardCharsets.UTF_8);
  }

  @Test
  void nested_forecasts_name_target_horizon_time_and_quantiles() throws IOException {
    PredictionFormat format =
        format(output(List.of(), OutputSettings.Format.NESTED), List.of("load", "wind"));
    byte[] value = PredictionEncoder.of(format).write(new Prediction("a", NOON, 2, 7, TWO, VALUES));
    assertThat(read(format, value).get("key")).hasToString("a");
    assertThat(json(format, value))
        .isEqualTo(
            """
            {'key':'a','time':'2026-01-01T12:00:00Z','model':'w@1','partition':2,'offset':7,\
            'forecasts':[\
            {'target':'load','horizon':1,'time':'2026-01-01T13:00:00Z','quantiles':{'0.1':1.0,'0.5':2.0}},\
            {'target':'load','horizon':24,'time':'2026-01-02T12:00:00Z','quantiles':{'0.1':3.0,'0.5':4.0}},\
            {'target':'wind','horizon':1,'time':'2026-01-01T13:00:00Z','quantiles':{'0.1':5.0,'0.5':6.0}},\
            {'target':'wind','horizon':24,'time':'2026-01-02T12:00:00Z','quantiles':{'0.1':null,'0.5':8.0}}],\
            'label':null,'probabilities':{}}"""
                .replace('\'', '"'));
  }

  @Test
  void classes_name_the_label_and_every_probability() throws IOException {
    PredictionFormat format = format(output(List.of(), OutputSettings.Format.NESTED), List.of());
    Classes classes = new Classes("w@1", List.of("rain", "sun"));
    byte[] value =
        PredictionEncoder.of(format)
            .write(new Prediction("a", NOON, 2, 7, classes, new double[] {0.25, 0.75}));
    assertThat(read(format, value).get("label")).hasToString("sun");
    assertThat(json(format, value))
        .endsWith(
            "\"forecasts\":[],\"label\":\"sun\",\"probabilities\":{\"rain\":0.25,\"sun\":0.75}}");
  }

  @Test
  void flat_forecasts_have_a_field_for_each_quantile_and_null_for_what_a_version_lacks()
      throws IOException {
    OutputSettings output = output(List.of(24), OutputSettings.Format.FLAT);
    PredictionFormat format = format(output, List.of("load", "wind"));
    PredictionEncoder encoder = PredictionEncoder.of(format);
    Forecast fewer =
        new Forecast("w@2", List.of("load", "wind"), List.of(24), List.of(0.5), 3_600_000);
    byte[] value = encoder.write(new Prediction("a", NOON, 2, 7, TWO, VALUES));
    assertThat(json(format, value))
        .endsWith(
            "\"load_h24_q0_1\":3.0,\"load_h24_q0_5\":4.0,"
                + "\"wind_h24_q0_1\":null,\"wind_h24_q0_5\":8.0}");
    byte[] next = encoder.write(new Prediction("a", NOON, 2, 8, fewer, new double[] {3, 4}));
    assertThat(read(format, next).get("load_h24_q0_1")).isNull();
    assertThat(read(format, next).get("wind_h24_q0_5")).isEqualTo(4.0);
  }

  @Test
  void the_same_prediction_has_the_same_bytes() {
    PredictionFormat format =
        format(output(List.of(1), OutputSettings.Format.NESTED), List.of("load", "wind"));
    Prediction prediction = new Prediction("a", NOON, 2, 7, TWO, VALUES);
    PredictionEncoder encoder = PredictionEncoder.of(format);
    assertThat(encoder.write(prediction))
        .isEqualTo(encoder.write(prediction))
        .isEqualTo(PredictionEncoder.of(format).write(prediction));
  }

  @Test
  void classes_cannot_be_flat_because_their_names_are_not_known() {
    assertThatThrownBy(() -> format(output(List.of(), OutputSettings.Format.FLAT), List.of()))
        .hasMessageStartingWith("output.format: flat (must be nested");
  }
}
