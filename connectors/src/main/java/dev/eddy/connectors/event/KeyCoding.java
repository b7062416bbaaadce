package dev.eddy.connectors.event;

/** How the series key is written in the bytes of a Kafka key. */
public enum KeyCoding {
  /** Text. */
  UTF8,
  /** A whole number in 4 bytes, the highest first. */
  INT,
  /** A whole number in 8 bytes, the highest first. */
  LONG,
  /** In 16 bytes, or in 36 characters. */
  UUID
}
