package dev.eddy.connectors.serde.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.Prediction;
import dev.eddy.connectors.event.PredictionShape.Forecast;
import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.event.RecordEncoding;
import dev.eddy.connectors.event.RecordFormat;
import dev.eddy.connectors.event.RecordLayout;
import dev.eddy.connectors.registry.RegistryAddress;
import dev.eddy.connectors.registry.RegistryServer;
import dev.eddy.connectors.registry.SchemaRegistry;
import dev.eddy.connectors.serde.json.ObservationJsonReader;
import dev.eddy.connectors.serde.json.OutputSettings;
import dev.eddy.connectors.serde.value.UnreadableValueException;
import dev.eddy.settings.UserMistake;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records in Confluent's wire format, and a registry that is there, away, or without their id. */
class ConfluentAvroTest {
  private static final long NOON = Instant.parse("2026-01-01T12:00:00Z").toEpochMilli();
  private static final long LONG = 60_000;
  private static final Duration SECOND = Duration.ofSeconds(1);

  private RegistryServer server;

  @BeforeEach
  void start() throws IOException {
    server = new RegistryServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static ObservationSchema schema(RegistryAddress registry) {
    RecordFormat format = new RecordFormat.Confluent(registry, "t-value", "d");
    return new ObservationSchema(
        List.of("load"), List.of(), null, FutureFields.NONE, RecordLayout.PLAIN.in(format));
  }

  private ObservationJsonReader reader(long patience) {
    return RecordFormats.reader(schema(server.address(patience)), Duration.ofDays(1));
  }

  private static Decoded decode(ObservationJsonReader reader, byte[] value) {
    return reader.decode(null, value, "t", 0, 0, NOON);
  }

  private byte[] written(double load) {
    Observation observation =
        new Observation("a", NOON, new double[] {load}, new String[0], null, 0, 0);
    return ObservationWriter.of(schema(server.address(LONG))).write(observation);
  }

  @Test
  void what_is_sent_is_framed_with_the_id_of_its_registered_schema_and_read_by_it() {
    byte[] value = written(2.5);
    assertThat(value).startsWith(0, 0, 0, 0, 1);
    Observation read = (Observation) decode(reader(LONG), value);
    assertThat(read.key()).isEqualTo("a");
    assertThat(read.time()).isEqualTo(NOON);
    assertThat(read.numeric()[0]).isEqualTo(2.5);
  }

  @Test
  void a_schema_is_looked_up_once() {
    byte[] value = written(1);
    ObservationJsonReader reader = reader(LONG);
    int before = server.asked().size();
    for (int i = 0; i < 100; i++) {
      assertThat(decode(reader, value)).isInstanceOf(Observation.class);
    }
    assertThat(server.asked()).hasSize(before + 1);
  }

  @Test
  void records_of_several_versions_of_a_schema_are_read_beside_each_other() {
    byte[] old = written(1);
    int newer =
        server.add(
            """
            {"type": "record", "name": "Observation", "fields": [
              {"name": "load", "type": "int"}, {"name": "time", "type": "string"},
              {"name": "key", "type": "string"}]}
            """);
    byte[] text = "2026-01-01T12:00:00Z\u0002b".getBytes(StandardCharsets.UTF_8);
    byte[] value = // lengths and numbers are doubled: 7, 20 characters, 1 character
        ByteBuffer.allocate(5 + 2 + text.length)
            .put((byte) 0)
            .putInt(newer)
            .put((byte) 14)
            .put((byte) 40)
            .put(text)
            .array();
    ObservationJsonReader reader = reader(LONG);
    assertThat(((Observation) decode(reader, value)).numeric()[0]).isEqualTo(7f);
    assertThat(((Observation) decode(reader, old)).numeric()[0]).isEqualTo(1f);
  }

  @Test
  void an_id_that_the_registry_does_not_know_is_a_dead_letter() {
    byte[] value = written(1);
    value[4] = 99;
    DeadLetter letter = (DeadLetter) decode(reader(LONG), value);
    assertThat(letter.reason()).isEqualTo(Reasons.UNKNOWN_SCHEMA);
    assertThat(letter.detail()).startsWith("schema 99: unknown to the registry at http://");
    assertThat(letter.value()).isSameAs(value);
  }

  @Test
  void it_is_not_asked_for_at_each_record_but_again_after_a_while() throws Exception {
    AtomicLong nanos = new AtomicLong();
    WriterSchemas schemas = schemas(server.address(LONG), nanos, () -> {});
    assertUnknown(schemas, 1);
    assertThat(Duration.ofNanos(nanos.get()))
        .as("waited")
        .isBetween(SECOND, SECOND.multipliedBy(2));
    int asked = server.asked().size();
    for (int i = 0; i < 10; i++) {
      assertUnknown(schemas, 1);
    }
    assertThat(server.asked()).hasSize(asked);
    server.add("\"string\"");
    nanos.addAndGet(SECOND.multipliedBy(10).toNanos());
    assertThat(schemas.byId(1).getName()).isEqualTo("string");
    assertThat(server.asked()).hasSize(asked + 1);
  }

  @Test
  void an_id_that_a_registry_learns_of_late_is_waited_for_before_its_first_dead_letter()
      throws Exception {
    AtomicLong nanos = new AtomicLong();
    WriterSchemas schemas =
        schemas(
            server.address(LONG),
            nanos,
            () -> {
              if (server.asked().size() == 3) {
                server.add("\"string\"");
              }
            });
    assertThat(schemas.byId(1).getName()).isEqualTo("string");
  }

  @Test
  void where_another_address_is_away_it_is_waited_for_as_long_as_the_registry_is()
      throws Exception {
    RegistryAddress both =
        new RegistryAddress(List.of(server.url(), "http://127.0.0.1:1"), "", LONG);
    AtomicLong nanos = new AtomicLong();
    WriterSchemas schemas =
        schemas(
            both,
            nanos,
            () -> {
              if (nanos.get() > SECOND.multipliedBy(30).toNanos()) {
                server.add("\"string\"");
              }
            });
    assertThat(schemas.byId(1).getName()).isEqualTo("string");
  }

  @Test
  void ids_of_chance_cost_no_more_than_the_patience_and_a_tenth_of_the_time() throws Exception {
    AtomicLong nanos = new AtomicLong();
    WriterSchemas schemas = schemas(server.address(10_000), nanos, () -> {});
    for (int id = 1; id <= 100; id++) {
      assertUnknown(schemas, id);
    }
    assertThat(Duration.ofNanos(nanos.get())).isLessThan(SECOND.multipliedBy(12));
    long before = nanos.addAndGet(SECOND.multipliedBy(20).toNanos());
    for (int id = 101; id <= 200; id++) {
      assertUnknown(schemas, id);
    }
    assertThat(Duration.ofNanos(nanos.get() - before)).isBetween(SECOND, SECOND.multipliedBy(3));
  }

  /**
   * With a clock that only waiting moves.
   *
   * @param waiting called at each wait
   */
  private static WriterSchemas schemas(
      RegistryAddress address, AtomicLong nanos, Runnable waiting) {
    return new WriterSchemas(
        new SchemaRegistry(address),
        nanos::get,
        millis -> {
          nanos.addAndGet(Duration.ofMillis(millis).toNanos());
          waiting.run();
        });
  }

  private static void assertUnknown(WriterSchemas schemas, int id) {
    assertThatThrownBy(() -> schemas.byId(id)).isInstanceOf(UnreadableValueException.class);
  }

  @Test
  void while_the_registry_is_away_no_record_becomes_a_dead_letter() {
    byte[] value = written(1);
    server.awayFor(2);
    assertThat(decode(reader(LONG), value)).isInstanceOf(Observation.class);
    server.awayFor(Integer.MAX_VALUE);
    ObservationJsonReader impatient = reader(200);
    assertThatThrownBy(() -> decode(impatient, value))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("no answer to /schemas/ids/1");
  }

  @Test
  void a_schema_that_cannot_be_is_a_dead_letter_and_stops_nothing() {
    for (String schema :
        new String[] {
          "{\"type\": \"fixed\", \"name\": \"F\", \"size\": 2147483647}",
          "{\"type\": \"fixed\", \"name\": \"F\", \"size\": -1}",
          "{\"type\": \"enum\", \"name\": \"\", \"symbols\": []}",
          "{\"type\": \"record\", \"name\": \"R\"}",
          "{\"type\": []}",
          "[[\"int\"]]",
          "7",
          ""
        }) {
      int id = server.add(schema);
      byte[] value = ByteBuffer.allocate(6).put((byte) 0).putInt(id).array();
      assertThat(((DeadLetter) decode(reader(LONG), value)).reason())
          .as(schema)
          .isEqualTo(Reasons.UNKNOWN_SCHEMA);
    }
  }

  @Test
  void json_is_called_by_its_name() {
    byte[] json = "{\"key\": \"a\"}".getBytes(StandardCharsets.UTF_8);
    assertThat(((DeadLetter) decode(reader(LONG), json)).detail())
        .isEqualTo(
            "value: no schema registry framing, which looks like JSON (expected a 0, a schema id"
                + " and an Avro record)");
  }

  @Test
  void predictions_are_framed_and_read_back() throws IOException {
    OutputSettings output =
        new OutputSettings(List.of(), OutputSettings.Format.NESTED, RecordEncoding.AVRO_CONFLUENT);
    PredictionFormat format =
        new PredictionFormat(
            output,
            PredictionAvroSchema.of(output, "d", List.of("load"), List.of(1), List.of(0.5)),
            server.address(LONG),
            "p-value");
    Forecast shape = new Forecast("w@1", List.of("load"), List.of(1), List.of(0.5), 0);
    byte[] value =
        PredictionEncoder.of(format)
            .write(new Prediction("a", NOON, 0, 0, shape, new double[] {1.5f}));
    assertThat(
            new String(
                RecordFormats.text(RecordFormats.tokens(format.records()), value),
                StandardCharsets.UTF_8))
        .contains("\"target\":\"load\",\"horizon\":1,\"time\":null,\"quantiles\":{\"0.5\":1.5}");
  }
}
