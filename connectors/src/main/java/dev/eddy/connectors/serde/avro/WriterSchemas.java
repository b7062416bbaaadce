package dev.eddy.connectors.serde.avro;

import dev.eddy.connectors.event.Reasons;
import dev.eddy.connectors.registry.RegisteredSchema;
import dev.eddy.connectors.registry.SchemaRegistry;
import dev.eddy.connectors.registry.UnknownSchemaException;
import dev.eddy.connectors.serde.value.UnreadableValueException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The schemas that records were written with, by the ids in their frames. Ids never change what
 * they mean, so what was looked up is kept.
 *
 * <p>A new id may be unknown where it is asked for first, because registries follow one another. So
 * before the first record is given up for it, it is asked for again: for two seconds, and as long
 * as the registry is waited for where one of its addresses is away. Later it is asked for every ten
 * seconds. Whatever ids come, such waiting takes no more than the registry's patience and a tenth
 * of the time. Thread confined.
 */
final class WriterSchemas {
  private static final int MOST = 1_000; // schemas kept, the least used go first
  private static final long ASK_AGAIN_NANOS = 10_000_000_000L;
  private static final long BEHIND_NANOS = 2_000_000_000L;
  private static final long FIRST_PAUSE = 50; // ms
  private static final long LONGEST_PAUSE = 500;
  private static final int SHARE = 10;

  private final SchemaRegistry registry;
  private final LongSupplier nanos;
  private final LongConsumer rest;
  private final Map<Integer, Schema> known = bounded();
  private final Map<Integer, Unknown> unknown = bounded();
  private long patience; // left, in nanoseconds
  private long patienceAt;

  /** An id that led nowhere, and when. */
  private record Unknown(String detail, long since) {}

  WriterSchemas(SchemaRegistry registry) {
    this(registry, System::nanoTime, SchemaRegistry::rest);
  }

  /**
   * As above.
   *
   * @param nanos a clock
   * @param rest waits for so many milliseconds
   */
  WriterSchemas(SchemaRegistry registry, LongSupplier nanos, LongConsumer rest) {
    this.registry = registry;
    this.nanos = nanos;
    this.rest = rest;
    this.patience = registry.patience().toNanos();
    this.patienceAt = nanos.getAsLong();
  }

  private static <T> Map<Integer, T> bounded() {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<Integer, T> eldest) {
        return size() > MOST;
      }
    };
  }

  /**
   * The schema of an id.
   *
   * @throws UnreadableValueException when the registry has none of Avro's
   */
  Schema byId(int id) throws UnreadableValueException {
    Schema found = known.get(id);
    if (found != null) {
      return found;
    }
    Unknown before = unknown.get(id);
    if (before != null && nanos.getAsLong() - before.since() < ASK_AGAIN_NANOS) {
      throw new UnreadableValueException(Reasons.UNKNOWN_SCHEMA, before.detail());
    }
    try {
      Schema schema = before == null ? waitedFor(id) : parsed(id, registry.byId(id));
      known.put(id, schema);
      unknown.remove(id);
      return schema;
    } catch (UnknownSchemaException e) {
      String detail = String.valueOf(e.getMessage());
      unknown.put(id, new Unknown(detail, nanos.getAsLong()));
      throw new UnreadableValueException(Reasons.UNKNOWN_SCHEMA, detail);
    }
  }

  /** Asks for an id again while there is hope and patience. */
  private Schema waitedFor(int id) throws UnknownSchemaException {
    long begun = nanos.getAsLong();
    regainPatience(begun);
    for (long pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
      try {
        return parsed(id, registry.byId(id));
      } catch (UnknownSchemaException e) {
        long waited = nanos.getAsLong() - begun;
        if (waited + pause * 1_000_000 > most(e.hope())) {
          patience -= Math.min(patience, waited);
          patienceAt = nanos.getAsLong();
          throw e;
        }
      }
      rest.accept(pause);
    }
  }

  private void regainPatience(long now) {
    long most = registry.patience().toNanos();
    patience = Math.min(most, patience + (now - patienceAt) / SHARE);
    patienceAt = now;
  }

  private long most(UnknownSchemaException.Hope hope) {
    return switch (hope) {
      case NONE -> 0;
      case SOON -> Math.min(patience, BEHIND_NANOS);
      case WHEN_BACK -> patience;
    };
  }

  private static Schema parsed(int id, RegisteredSchema registered) throws UnknownSchemaException {
    List<String> texts = new ArrayList<>(registered.references());
    texts.add(registered.text());
    try {
      return AvroSchemas.parse(texts);
    } catch (AvroRuntimeException e) {
      throw new UnknownSchemaException(
          "schema " + id + ": " + e.getMessage() + " (expected Avro's)",
          UnknownSchemaException.Hope.NONE);
    }
  }
}
