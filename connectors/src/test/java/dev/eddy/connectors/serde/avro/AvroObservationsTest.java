package dev.eddy.connectors.serde.avro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.Reasons;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.avro.Conversions.DecimalConversion;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;

/** Observations in Avro, written by others. */
class AvroObservationsTest {
  private static final long NOON = Instant.parse("2025-12-31T12:00:00Z").toEpochMilli();

  private static final Schema PLAIN =
      AvroReading.schema(
          """
          {'type': 'record', 'name': 'Reading', 'fields': [
            {'name': 'key', 'type': 'string'},
            {'name': 'time', 'type': {'type': 'long', 'logicalType': 'timestamp-micros'}},
            {'name': 'load', 'type': ['null', 'double']},
            {'name': 'wind', 'type': 'float'},
            {'name': 'town', 'type': {'type': 'enum', 'name': 'Town', 'symbols': ['OSLO', 'BERGEN']}},
            {'name': 'battery', 'type': 'int'}]}
          """);

  private static GenericRecordBuilder plain() {
    return new GenericRecordBuilder(PLAIN)
        .set("key", "a")
        .set("time", NOON * 1000 + 999)
        .set("load", 2.5)
        .set("wind", 7f)
        .set("town", new GenericData.EnumSymbol(PLAIN.getField("town").schema(), "BERGEN"))
        .set("battery", 90);
  }

  @Test
  void a_record_is_read_by_its_schema_and_micros_are_known_from_it() {
    Observation read = AvroReading.observation(Map.of(), plain().build());
    assertThat(read.key()).isEqualTo("a");
    assertThat(read.time()).isEqualTo(NOON);
    assertThat(read.numeric()[0]).isEqualTo(2.5f);
    assertThat(read.numeric()[1]).isEqualTo(7f);
    assertThat(read.categories()).containsExactly("BERGEN");
    assertThat(read.offset()).isEqualTo(42);
  }

  @Test
  void null_of_a_union_is_missing() {
    assertThat(AvroReading.observation(Map.of(), plain().set("load", null).build()).numeric()[0])
        .isNaN();
  }

  @Test
  void thousands_of_columns_that_are_null_are_no_attack() {
    StringBuilder columns = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      columns.append(", {'name': 'c%d', 'type': ['null', 'double'], 'default': null}".formatted(i));
    }
    Schema wide = AvroReading.schema(wide(columns));
    GenericRecordBuilder record = new GenericRecordBuilder(wide);
    GenericRecord small = plain().build();
    PLAIN.getFields().forEach(field -> record.set(field.name(), small.get(field.name())));
    assertThat(AvroReading.observation(Map.of(), record.build()).numeric()[0]).isEqualTo(2.5);
  }

  private static String wide(CharSequence columns) {
    String plain = PLAIN.toString();
    return plain.substring(0, plain.lastIndexOf(']')) + columns + "]}";
  }

  @Test
  void paths_lead_into_records_maps_and_lists_and_decimals_are_numbers() {
    Schema nested =
        AvroReading.schema(
            """
            {'type': 'record', 'name': 'Envelope', 'fields': [
              {'name': 'data', 'type': ['null', {'type': 'record', 'name': 'Data', 'fields': [
                {'name': 'sensor', 'type': {'type': 'fixed', 'name': 'Id', 'size': 16, 'logicalType': 'uuid'}},
                {'name': 'at', 'type': {'type': 'long', 'logicalType': 'timestamp-millis'}},
                {'name': 'values', 'type': {'type': 'map', 'values': ['null', {'type': 'bytes',
                  'logicalType': 'decimal', 'precision': 12, 'scale': 2}]}},
                {'name': 'list', 'type': {'type': 'array', 'items': 'long'}},
                {'name': 'town', 'type': 'string'}]}]}]}
            """);
    Schema data = nested.getField("data").schema().getTypes().get(1);
    Schema decimal = data.getField("values").schema().getValueType().getTypes().get(1);
    ByteBuffer load =
        new DecimalConversion()
            .toBytes(new BigDecimal("-12.34"), decimal, LogicalTypes.decimal(12, 2));
    GenericRecord inner =
        new GenericRecordBuilder(data)
            .set("sensor", new GenericData.Fixed(data.getField("sensor").schema(), new byte[16]))
            .set("at", NOON)
            .set("values", Map.of("load", load))
            .set("list", List.of(1L, 1L << 40))
            .set("town", "oslo")
            .build();
    Observation read =
        AvroReading.observation(
            Map.of(
                "key", "data.sensor",
                "time", "data.at",
                "load", "/data/values/load",
                "wind", "data.list.1",
                "town", "data.town"),
            new GenericRecordBuilder(nested).set("data", inner).build());
    assertThat(read.key()).isEqualTo("00000000-0000-0000-0000-000000000000");
    assertThat(read.time()).isEqualTo(NOON);
    assertThat(read.numeric()[0]).isEqualTo(-12.34);
    assertThat(read.numeric()[1]).isEqualTo(1L << 40);
    assertThat(read.categories()).containsExactly("oslo");
  }

  @Test
  void not_a_number_is_a_dead_letter_with_the_bytes_that_came() {
    byte[] bytes = AvroReading.bytes(plain().set("load", Double.NaN).build());
    DeadLetter letter = AvroReading.letter(PLAIN, bytes);
    assertThat(letter.reason()).isEqualTo(Reasons.NOT_FINITE);
    assertThat(letter.detail()).startsWith("load: NaN");
    assertThat(letter.value()).isSameAs(bytes);
  }

  @Test
  void what_lacks_every_field_says_where_they_may_lie() {
    Schema other =
        AvroReading.schema(
            """
            {'type': 'record', 'name': 'Other', 'fields': [{'name': 'key', 'type': 'string'},
              {'name': 'time', 'type': 'string'}, {'name': 'Load', 'type': 'double'}]}
            """);
    GenericRecord record =
        new GenericRecordBuilder(other)
            .set("key", "a")
            .set("time", "2025-12-31T12:00:00Z")
            .set("Load", 1.0)
            .build();
    DeadLetter letter = AvroReading.letter(other, AvroReading.bytes(record));
    assertThat(letter.reason()).isEqualTo(Reasons.NO_FEATURES);
    assertThat(letter.detail()).contains("{load: Load} would read it there");
  }

  @Test
  void bytes_of_another_schema_are_malformed() {
    byte[] whole = AvroReading.bytes(plain().build());
    for (int length = 0; length < whole.length; length++) {
      DeadLetter cut = AvroReading.letter(PLAIN, Arrays.copyOf(whole, length));
      assertThat(cut.reason()).isEqualTo(Reasons.MALFORMED);
    }
    DeadLetter longer = AvroReading.letter(PLAIN, Arrays.copyOf(whole, whole.length + 3));
    assertThat(longer.detail())
        .isEqualTo(
            "value: not of the schema Reading: 3 bytes behind the record (expected one Avro record"
                + " of it)");
  }

  @Test
  void json_and_framed_records_are_called_by_their_names() {
    assertThat(AvroReading.letter(PLAIN, "{\"key\": 1}".getBytes(StandardCharsets.UTF_8)).detail())
        .contains("which looks like JSON");
    byte[] body = AvroReading.bytes(plain().build());
    byte[] framed = ByteBuffer.allocate(body.length + 5).put((byte) 0).putInt(7).put(body).array();
    assertThat(AvroReading.letter(PLAIN, framed).detail())
        .contains("input.encoding: avro-confluent reads it");
  }

  @Test
  void no_bytes_whatever_stop_the_reader() {
    Schema deep =
        AvroReading.schema(
            """
            {'type': 'record', 'name': 'Deep', 'fields': [
              {'name': 'key', 'type': 'string'},
              {'name': 'nulls', 'type': {'type': 'array', 'items': 'null'}},
              {'name': 'map', 'type': {'type': 'map', 'values': 'bytes'}},
              {'name': 'money', 'type': {'type': 'bytes', 'logicalType': 'decimal', 'precision': 9}},
              {'name': 'next', 'type': ['null', 'Deep']}]}
            """);
    Random random = new Random(5);
    byte[] whole = AvroReading.bytes(plain().build());
    for (int i = 0; i < 20_000; i++) {
      byte[] value = i % 2 == 0 ? whole.clone() : new byte[random.nextInt(60)];
      int changed = i % 2 == 0 ? 1 + random.nextInt(3) : value.length;
      for (int c = 0; c < changed; c++) {
        value[i % 2 == 0 ? random.nextInt(value.length) : c] = (byte) random.nextInt();
      }
      assertThat(AvroReading.read(AvroReading.fields(i % 2 == 0 ? PLAIN : deep, Map.of()), value))
          .isNotNull();
    }
  }

  @Test
  void a_schema_without_end_is_malformed() {
    Schema endless =
        AvroReading.schema(
            "{'type': 'record', 'name': 'E', 'fields': [{'name': 'next', 'type': 'E'}]}");
    assertThat(AvroReading.letter(endless, new byte[0]).detail())
        .contains("more than 100 records within records");
  }

  @Test
  void a_schema_cannot_have_more_allocated_than_a_record_holds() {
    Schema hostile =
        AvroReading.schema(
            """
            {'type': 'record', 'name': 'R', 'fields': [
              {'name': 'blob', 'type': {'type': 'fixed', 'name': 'F', 'size': 2000000000}}]}
            """);
    DeadLetter letter = AvroReading.letter(hostile, new byte[7]);
    assertThat(letter.reason()).isEqualTo(Reasons.MALFORMED);
    assertThat(letter.detail()).contains("fixed of 2000000000 bytes, where 7 are left");
  }
}
