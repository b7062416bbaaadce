package dev.eddy.connectors.serde.avro;

import java.nio.ByteBuffer;

/** What stands before an Avro body in Confluent's wire format: a 0 and four bytes of an id. */
public final class Frame {
  /** Bytes of a frame. */
  static final int LENGTH = 1 + Integer.BYTES;

  private Frame() {}

  /** Whether a value may be framed: ids count from 1, and have not come to 16 million yet. */
  public static boolean isAround(byte[] value) {
    return begins(value) && value[1] == 0 && id(value) > 0;
  }

  static boolean begins(byte[] value) {
    return value.length >= LENGTH && value[0] == 0;
  }

  static int id(byte[] value) {
    return ByteBuffer.wrap(value, 1, Integer.BYTES).getInt();
  }

  static byte[] of(int id) {
    return ByteBuffer.allocate(LENGTH).put((byte) 0).putInt(id).array();
  }
}
