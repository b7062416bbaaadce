package dev.eddy.connectors.serde.avro;

import com.fasterxml.jackson.databind.JsonNode;
import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.connectors.serde.json.IsoTime;
import dev.eddy.settings.UserMistake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON as the body of an Avro record, as {@link AvroWalk} reads it: whatever the schema, so
 * that records can be written as somebody else's schema has them. Thread confined.
 */
final class JsonBody {
  private final Schema schema;
  private final EpochUnit unit;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
  private @Nullable BinaryEncoder encoder;

  /**
   * A writer.
   *
   * @param unit of times in numbers of whose meaning the schema says nothing
   */
  JsonBody(Schema schema, EpochUnit unit) {
    this.schema = schema;
    this.unit = unit;
  }

  /**
   * The bytes of a value.
   *
   * @throws UserMistake when the schema has no place for it
   */
  byte[] write(JsonNode value) {
    bytes.reset();
    BinaryEncoder out = EncoderFactory.get().binaryEncoder(bytes, encoder);
    encoder = out;
    try {
      value(schema, value, schema.getName(), out);
      out.flush();
    } catch (IOException e) {
      throw new IllegalStateException("memory takes no bytes", e);
    }
    return bytes.toByteArray();
  }

  private void value(Schema schema, JsonNode value, String place, BinaryEncoder out)
      throws IOException {
    if (schema.getType() == Schema.Type.UNION) {
      int branch = branch(schema, value, place);
      out.writeIndex(branch);
      value(schema.getTypes().get(branch), value, place, out);
      return;
    }
    if (!takes(schema, value)) {
      throw noPlace(schema, value, place);
    }
    switch (schema.getType()) {
      case NULL -> out.writeNull();
      case BOOLEAN -> out.writeBoolean(value.booleanValue());
      case INT -> out.writeInt(value.decimalValue().intValueExact());
      case LONG -> out.writeLong(number(schema, value));
      case FLOAT -> out.writeFloat(value.floatValue());
      case DOUBLE -> out.writeDouble(value.doubleValue());
      case STRING -> out.writeString(value.textValue());
      case ENUM -> out.writeEnum(schema.getEnumOrdinal(value.textValue()));
      case BYTES -> out.writeBytes(unscaled(schema, value));
      case FIXED -> out.writeFixed(padded(unscaled(schema, value), schema.getFixedSize()));
      case RECORD -> record(schema, value, place, out);
      case ARRAY -> list(schema, value, place, out);
      case MAP -> map(schema, value, place, out);
      case UNION -> throw new IllegalStateException("a union within a union");
    }
  }

  private int branch(Schema union, JsonNode value, String place) {
    for (int i = 0; i < union.getTypes().size(); i++) {
      if (takes(union.getTypes().get(i), value)) {
        return i;
      }
    }
    throw noPlace(union, value, place);
  }

  private boolean takes(Schema schema, JsonNode value) {
    return switch (schema.getType()) {
      case NULL -> value.isNull() || value.isMissingNode();
      case BOOLEAN -> value.isBoolean();
      case INT -> isWhole(value, Integer.SIZE);
      case LONG -> isTime(schema, value) || isWhole(value, Long.SIZE);
      case FLOAT, DOUBLE -> value.isNumber();
      case STRING -> value.isTextual();
      case ENUM -> value.isTextual() && schema.hasEnumSymbol(value.textValue());
      case BYTES, FIXED -> value.isNumber() && LogicalValues.isDecimal(schema);
      case RECORD, MAP -> value.isObject();
      case ARRAY -> value.isArray();
      case UNION -> false;
    };
  }

  private boolean isTime(Schema schema, JsonNode value) {
    return value.isTextual()
        && LogicalValues.unit(schema.getLogicalType(), unit) != null
        && IsoTime.parse(value.textValue()) != IsoTime.INVALID;
  }

  private static boolean isWhole(JsonNode value, int bits) {
    if (!value.isNumber() || !Double.isFinite(value.doubleValue())) {
      return false;
    }
    BigDecimal number = value.decimalValue();
    return number.stripTrailingZeros().scale() <= 0 && number.toBigInteger().bitLength() < bits;
  }

  private long number(Schema schema, JsonNode value) {
    EpochUnit counted = LogicalValues.unit(schema.getLogicalType(), unit);
    return counted == null || !value.isTextual()
        ? value.decimalValue().longValueExact()
        : LogicalValues.count(counted, IsoTime.parse(value.textValue()));
  }

  private static byte[] unscaled(Schema schema, JsonNode value) {
    int scale = ((LogicalTypes.Decimal) schema.getLogicalType()).getScale();
    return value
        .decimalValue()
        .setScale(scale, RoundingMode.HALF_EVEN)
        .unscaledValue()
        .toByteArray();
  }

  private static byte[] padded(byte[] number, int size) {
    byte[] padded = new byte[size];
    if (number.length > size) {
      throw new UserMistake("decimal: of " + number.length + " bytes (must have " + size + ")");
    }
    if (new BigInteger(number).signum() < 0) {
      Arrays.fill(padded, (byte) -1);
    }
    System.arraycopy(number, 0, padded, size - number.length, number.length);
    return padded;
  }

  private void record(Schema schema, JsonNode value, String place, BinaryEncoder out)
      throws IOException {
    for (Schema.Field field : schema.getFields()) {
      JsonNode found = value.path(field.name());
      if (found.isMissingNode() && field.hasDefaultValue()) {
        standard(field, out);
      } else {
        value(field.schema(), found, place + "." + field.name(), out);
      }
    }
  }

  private static void standard(Schema.Field field, BinaryEncoder out) throws IOException {
    try {
      Object datum = GenericData.get().getDefaultValue(field);
      new GenericDatumWriter<Object>(field.schema()).write(datum, out);
    } catch (AvroRuntimeException e) {
      throw new UserMistake(
          "input.schema: " + field.name() + ": default " + field.defaultVal() + ": " + e, e);
    }
  }

  private void list(Schema schema, JsonNode value, String place, BinaryEncoder out)
      throws IOException {
    out.writeArrayStart();
    out.setItemCount(value.size());
    for (JsonNode each : value) {
      out.startItem();
      value(schema.getElementType(), each, place + "[]", out);
    }
    out.writeArrayEnd();
  }

  private void map(Schema schema, JsonNode value, String place, BinaryEncoder out)
      throws IOException {
    out.writeMapStart();
    out.setItemCount(value.size());
    for (Map.Entry<String, JsonNode> each : value.properties()) {
      out.startItem();
      out.writeString(each.getKey());
      value(schema.getValueType(), each.getValue(), place + "." + each.getKey(), out);
    }
    out.writeMapEnd();
  }

  private static UserMistake noPlace(Schema schema, JsonNode value, String place) {
    return new UserMistake(
        "input.schema: "
            + place
            + ": "
            + (value.isMissingNode() ? "no value" : value.toString())
            + " (must be "
            + schema.toString()
            + (value.isMissingNode() ? "; give the field a default)" : ")"));
  }
}
