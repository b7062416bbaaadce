package dev.eddy.connectors.serde.avro;

import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.registry.RegistryAddress;
import dev.eddy.connectors.serde.json.OutputSettings;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How predictions are written, with all that a task needs to do so.
 *
 * @param output what of a prediction is written, and how it is laid out
 * @param schema of Avro; null for JSON
 * @param registry where the schema is registered, so that its id is put before each record; null
 *     for none
 * @param subject under which it is registered
 */
public record PredictionFormat(
    OutputSettings output,
    @Nullable String schema,
    @Nullable RegistryAddress registry,
    String subject)
    implements Serializable {

  /** JSON. */
  public static PredictionFormat json(OutputSettings output) {
    return new PredictionFormat(output, null, null, "");
  }

  /** In what the values of its topic are written. */
  public RecordFormat records() {
    if (schema == null) {
      return new RecordFormat.Json();
    }
    return registry == null
        ? new RecordFormat.Avro(schema)
        : new RecordFormat.Confluent(registry, subject, "");
  }

  /** The same without its registry: for sizes, which no id changes. */
  public PredictionFormat unregistered() {
    return new PredictionFormat(output, schema, null, subject);
  }
}
