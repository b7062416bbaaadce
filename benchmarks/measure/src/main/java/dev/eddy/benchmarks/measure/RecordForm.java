package dev.eddy.benchmarks.measure;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.serde.avro.ObservationAvroSchema;
import dev.eddy.connectors.serde.avro.PredictionAvroSchema;
import dev.eddy.connectors.serde.avro.PredictionFormat;
import dev.eddy.connectors.serde.json.OutputSettings;
import java.util.List;

/**
 * In what the records of a measurement are written.
 *
 * @param name of the form
 * @param observations fields of the observations
 * @param predictions how predictions are written
 */
record RecordForm(String name, ObservationSchema observations, PredictionFormat predictions) {
  private static final List<Integer> ALL = List.of(); // horizons

  /** JSON both ways. */
  static RecordForm json() {
    return new RecordForm(
        "json", RandomModel.SCHEMA, PredictionFormat.json(OutputSettings.defaults()));
  }

  /** Avro both ways, the body alone, of the schemas that {@code eddy schema} prints. */
  static RecordForm avro(OutputSettings.Format layout) {
    RecordFormat format =
        new RecordFormat.Avro(ObservationAvroSchema.of(RandomModel.SCHEMA, "measured"));
    OutputSettings output = new OutputSettings(ALL, layout, RecordEncoding.AVRO);
    String schema =
        PredictionAvroSchema.of(
            output, "measured", List.of("load"), RandomModel.HORIZONS, RandomModel.QUANTILES);
    return new RecordForm(
        layout == OutputSettings.Format.FLAT ? "avro, flat" : "avro",
        new ObservationSchema(
            RandomModel.SCHEMA.numeric(),
            List.of(),
            null,
            RandomModel.SCHEMA.future(),
            RecordLayout.PLAIN.in(format)),
        new PredictionFormat(output, schema, null, ""));
  }
}
