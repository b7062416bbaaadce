package dev.eddy.connectors.serde.value;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;

/**
 * Reads the values of records as tokens of JSON, whatever they are written in, so that what reads
 * fields need not know. Thread confined.
 */
public interface ValueTokens {
  /**
   * Opens a value; before its first token.
   *
   * @throws UnreadableValueException when it is not what it must be; what is wrong further on the
   *     parser says
   * @throws IOException likewise
   */
  JsonParser open(byte[] value) throws IOException;

  /** What a value must be, {@code one JSON object}. */
  String expected();

  /** Goes on a sentence with what a value looks like that is none; empty if like nothing. */
  String like(byte[] value);

  /**
   * Whether a record can lack a field. Where it cannot, because its schema has them all, null says
   * so.
   */
  boolean canLack();
}
