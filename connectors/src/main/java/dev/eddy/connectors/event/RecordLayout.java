package dev.eddy.connectors.event;

import java.io.Serializable;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a topic hold what a deployment names: under which fields, how times and
 * numbers are written, and what their Kafka keys are.
 *
 * @param fields the path of a field by the deployment's name for it; what is not there lies under
 *     its own name
 * @param keySource where the series is named
 * @param keyCoding how a Kafka key is written
 * @param timeUnit what a number that is a time counts; null for milliseconds where it is plain that
 *     it does
 * @param timeFormat pattern of a time that is not ISO-8601; null for none
 * @param timeZone of a time in that pattern that names none
 * @param quotedNumbers whether a number may stand in quotes
 * @param format in what values are written
 */
public record RecordLayout(
    Map<String, String> fields,
    KeySource keySource,
    KeyCoding keyCoding,
    @Nullable EpochUnit timeUnit,
    @Nullable String timeFormat,
    ZoneId timeZone,
    boolean quotedNumbers,
    RecordFormat format)
    implements Serializable {
  /** Every field under its own name, times as ISO-8601 or milliseconds, keys as text. */
  public static final RecordLayout PLAIN = of(Map.of());

  /** Values in JSON. */
  public RecordLayout(
      Map<String, String> fields,
      KeySource keySource,
      KeyCoding keyCoding,
      @Nullable EpochUnit timeUnit,
      @Nullable String timeFormat,
      ZoneId timeZone,
      boolean quotedNumbers) {
    this(
        fields,
        keySource,
        keyCoding,
        timeUnit,
        timeFormat,
        timeZone,
        quotedNumbers,
        new RecordFormat.Json());
  }

  public RecordLayout {
    fields = Map.copyOf(fields);
  }

  /** The plain one, but for where fields lie. */
  public static RecordLayout of(Map<String, String> fields) {
    return new RecordLayout(
        fields, KeySource.EITHER, KeyCoding.UTF8, null, null, ZoneOffset.UTC, false);
  }

  /** The same, values written in another format. */
  public RecordLayout in(RecordFormat other) {
    return new RecordLayout(
        fields, keySource, keyCoding, timeUnit, timeFormat, timeZone, quotedNumbers, other);
  }
}
