package dev.eddy.connectors.serde.avro;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalType;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;

/**
 * Goes through the bytes of one Avro value along the schema that they were written with, and writes
 * down what it meets as JSON: records and maps as objects, of a union what it holds, an enum's
 * symbol as text, bytes in base 64, and what a logical type means as {@link LogicalValues} says.
 * Reused from value to value; thread confined.
 */
final class AvroWalk {
  private static final int DEEPEST = 100; // a schema may hold itself
  private static final int FREE = 1000; // values without a byte of their own, such as nulls

  private BinaryDecoder decoder = DecoderFactory.get().binaryDecoder(new byte[0], null);
  private long left; // values that may come yet, so that a few bytes cannot make endless ones

  /**
   * Reads a value of exactly these bytes.
   *
   * @throws IOException when they are not of the schema
   */
  void read(Schema schema, byte[] bytes, int offset, JsonGenerator json) throws IOException {
    int length = bytes.length - offset;
    decoder = DecoderFactory.get().binaryDecoder(bytes, offset, length, decoder);
    left = length + (long) FREE;
    try {
      value(schema, json, 0);
    } catch (AvroRuntimeException | UnsupportedOperationException e) {
      throw new IOException(e.getMessage(), e);
    }
    if (!decoder.isEnd()) {
      throw new IOException(decoder.remainingBytes() + " bytes behind the record");
    }
  }

  private void value(Schema schema, JsonGenerator json, int depth) throws IOException {
    if (depth > DEEPEST) {
      throw new IOException("more than " + DEEPEST + " records within records");
    }
    if (left-- <= 0) {
      throw new IOException("more values than bytes");
    }
    LogicalType meaning = schema.getLogicalType();
    switch (schema.getType()) {
      case NULL -> json.writeNull();
      case BOOLEAN -> json.writeBoolean(decoder.readBoolean());
      case FLOAT -> json.writeNumber(decoder.readFloat());
      case DOUBLE -> json.writeNumber(decoder.readDouble());
      case INT -> whole(meaning, decoder.readInt(), json);
      case LONG -> whole(meaning, decoder.readLong(), json);
      case STRING -> json.writeString(decoder.readString());
      case ENUM -> json.writeString(symbol(schema, decoder.readEnum()));
      case BYTES -> binary(schema, bytes(decoder.readBytes(null)), json);
      case FIXED -> binary(schema, fixed(schema.getFixedSize()), json);
      case UNION -> {
        left++; // a byte of its own, and no value
        value(branch(schema, decoder.readIndex()), json, depth + 1);
      }
      case RECORD -> record(schema, json, depth);
      case ARRAY -> list(schema, json, depth);
      case MAP -> map(schema, json, depth);
    }
  }

  private static void whole(LogicalType meaning, long value, JsonGenerator json)
      throws IOException {
    String text = meaning == null ? null : LogicalValues.time(meaning, value);
    if (text == null) {
      json.writeNumber(value);
    } else {
      json.writeString(text);
    }
  }

  private static void binary(Schema schema, byte[] value, JsonGenerator json) throws IOException {
    if (schema.getLogicalType() != null && LogicalValues.isDecimal(schema)) {
      json.writeNumber(LogicalValues.decimal(schema, value));
    } else {
      json.writeString(LogicalValues.text(schema, value));
    }
  }

  private byte[] fixed(int size) throws IOException {
    int there = decoder.remainingBytes(); // a schema from outside must not say what is allocated
    if (size > there) {
      throw new IOException("fixed of " + size + " bytes, where " + there + " are left");
    }
    byte[] fixed = new byte[size];
    decoder.readFixed(fixed);
    return fixed;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private static String symbol(Schema schema, int index) throws IOException {
    List<String> symbols = schema.getEnumSymbols();
    if (index < 0 || index >= symbols.size()) {
      throw new IOException(schema.getName() + ": symbol " + index + " of " + symbols.size());
    }
    return symbols.get(index);
  }

  private static Schema branch(Schema union, int index) throws IOException {
    List<Schema> branches = union.getTypes();
    if (index < 0 || index >= branches.size()) {
      throw new IOException("branch " + index + " of a union of " + branches.size());
    }
    return branches.get(index);
  }

  private void record(Schema schema, JsonGenerator json, int depth) throws IOException {
    json.writeStartObject();
    for (Schema.Field field : schema.getFields()) {
      json.writeFieldName(field.name());
      value(field.schema(), json, depth + 1);
    }
    json.writeEndObject();
  }

  private void list(Schema schema, JsonGenerator json, int depth) throws IOException {
    json.writeStartArray();
    for (long items = decoder.readArrayStart(); items > 0; items = decoder.arrayNext()) {
      for (long i = 0; i < items; i++) {
        value(schema.getElementType(), json, depth + 1);
      }
    }
    json.writeEndArray();
  }

  private void map(Schema schema, JsonGenerator json, int depth) throws IOException {
    json.writeStartObject();
    for (long items = decoder.readMapStart(); items > 0; items = decoder.mapNext()) {
      for (long i = 0; i < items; i++) {
        json.writeFieldName(decoder.readString());
        value(schema.getValueType(), json, depth + 1);
      }
    }
    json.writeEndObject();
  }
}
