package dev.eddy.connectors.serde.avro;

import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.registry.RegistryAddress;
import dev.eddy.connectors.registry.SchemaRegistry;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.connectors.serde.json.PredictionJsonWriter;

/** Writes predictions as the records of their topic. Thread confined. */
@FunctionalInterface
public interface PredictionEncoder {
  /** The prediction's record value. */
  byte[] write(Prediction prediction);

  /**
   * A writer; registers the schema where there is a registry.
   *
   * @throws dev.eddy.settings.UserMistake when the registry refuses it
   */
  static PredictionEncoder of(PredictionFormat format) {
    String schema = format.schema();
    if (schema == null) {
      return new PredictionJsonWriter(format.output())::write;
    }
    RegistryAddress registry = format.registry();
    byte[] frame =
        registry == null
            ? new byte[0]
            : Frame.of(new SchemaRegistry(registry).register(format.subject(), schema));
    boolean flat = format.output().format() == OutputSettings.Format.FLAT;
    return new PredictionAvroWriter(
            frame, flat ? new FlatPrediction(schema) : new NestedPrediction(format.output()))
        ::write;
  }
}
