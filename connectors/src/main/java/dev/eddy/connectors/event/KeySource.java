package dev.eddy.connectors.event;

/** Where a record names its series. */
public enum KeySource {
  /** In its value or in its Kafka key; where both do, they must be equal. */
  EITHER,
  /** In its value; the Kafka key is not read. */
  VALUE,
  /** In its Kafka key; what the value says is not read. */
  KAFKA
}
