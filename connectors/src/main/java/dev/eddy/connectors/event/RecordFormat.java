package dev.eddy.connectors.event;

import dev.eddy.connectors.registry.RegistryAddress;
import java.io.Serializable;
import java.time.Duration;

/** In what the values of a topic are written, with all that is needed to read and write them. */
public sealed interface RecordFormat extends Serializable {
  /** JSON in UTF-8. */
  record Json() implements RecordFormat {}

  /**
   * The body of an Avro record and nothing else.
   *
   * @param schema what every record was written with
   */
  record Avro(String schema) implements RecordFormat {}

  /**
   * The body of an Avro record after a 0 and the id of its schema in a registry.
   *
   * @param subject under which a schema to write with is registered
   * @param namespace of such a schema, where it is generated
   */
  record Confluent(RegistryAddress registry, String subject, String namespace)
      implements RecordFormat {}

  /** The same, less patient with a registry: for commands that a person waits for. */
  default RecordFormat within(Duration patience) {
    return this instanceof Confluent confluent
        ? new Confluent(confluent.registry.within(patience), confluent.subject, confluent.namespace)
        : this;
  }
}
