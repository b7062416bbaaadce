package dev.eddy.connectors.serde.json;

import dev.eddy.connectors.event.DeadLetter;
import dev.eddy.connectors.event.Decoded;
import dev.eddy.connectors.event.EpochUnit;
import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.KeyCoding;
import dev.eddy.connectors.event.KeySource;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.connectors.event.RecordLayout;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes records of one small deployment, whatever their layout; quotes are single for brevity.
 */
final class Decoding {
  /** When they were written: 1 in the morning. */
  static final long ONE = Instant.parse("2026-01-01T01:00:00Z").toEpochMilli();

  private Decoding() {}

  static RecordLayout layout(Map<String, String> fields) {
    return RecordLayout.of(fields);
  }

  static RecordLayout keyed(KeySource source, KeyCoding coding) {
    return new RecordLayout(Map.of(), source, coding, null, null, ZoneOffset.UTC, false);
  }

  static RecordLayout timed(@Nullable EpochUnit unit, @Nullable String format, boolean quoted) {
    return new RecordLayout(
        Map.of(), KeySource.EITHER, KeyCoding.UTF8, unit, format, ZoneOffset.UTC, quoted);
  }

  static ObservationSchema schema(RecordLayout layout) {
    return new ObservationSchema(
        List.of("load", "wind"), List.of("town"), null, FutureFields.NONE, layout);
  }

  static ObservationJsonReader reader(RecordLayout layout) {
    return new ObservationJsonReader(schema(layout), Duration.ofDays(1));
  }

  static Observation observation(RecordLayout layout, String value) {
    return (Observation) decode(layout, null, value);
  }

  static String key(RecordLayout layout, byte[] key, String value) {
    return ((Observation) decode(layout, key, value)).key();
  }

  static DeadLetter letter(RecordLayout layout, byte @Nullable [] key, String value) {
    return (DeadLetter) decode(layout, key, value);
  }

  static Decoded decode(RecordLayout layout, byte @Nullable [] key, String value) {
    byte[] bytes = value.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
    return reader(layout).decode(key, bytes, "topic", 3, 42, ONE);
  }
}
