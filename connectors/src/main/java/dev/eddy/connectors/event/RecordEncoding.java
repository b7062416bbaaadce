package dev.eddy.connectors.event;

/** In what the values of records are written. */
public enum RecordEncoding {
  /** JSON in UTF-8. */
  JSON,
  /** The body of an Avro record, of a schema that both sides know. */
  AVRO,
  /** The same after a 0 and the four bytes of the schema's id in a schema registry. */
  AVRO_CONFLUENT
}
