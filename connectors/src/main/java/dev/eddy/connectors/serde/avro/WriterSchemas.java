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
import java.util.function.LongSupplier;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * The schemas that records were written with, by the ids in their frames. Ids never change what
 * they mean, so what was looked up is kept; an id that is unknown is asked for again after a while.
 * Thread confined.
 */
final class WriterSchemas {
  private static final int MOST = 1_000; // schemas kept, the least used go first
  private static final long ASK_AGAIN_NANOS = 10_000_000_000L;

  private final SchemaRegistry registry;
  private final LongSupplier nanos;
  private final Map<Integer, Schema> known = bounded();
  private final Map<Integer, Unknown> unknown = bounded();

  /** An id that led nowhere, and when. */
  private record Unknown(String detail, long since) {}

  WriterSchemas(SchemaRegistry registry) {
    this(registry, System::nanoTime);
  }

  WriterSchemas(SchemaRegistry registry, LongSupplier nanos) {
    this.registry = registry;
    this.nanos = nanos;
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
      Schema schema = parsed(id, registry.byId(id));
      known.put(id, schema);
      unknown.remove(id);
      return schema;
    } catch (UnknownSchemaException e) {
      String detail = String.valueOf(e.getMessage());
      unknown.put(id, new Unknown(detail, nanos.getAsLong()));
      throw new UnreadableValueException(Reasons.UNKNOWN_SCHEMA, detail);
    }
  }

  private static Schema parsed(int id, RegisteredSchema registered) throws UnknownSchemaException {
    List<String> texts = new ArrayList<>(registered.references());
    texts.add(registered.text());
    try {
      return AvroSchemas.parse(texts);
    } catch (AvroRuntimeException e) {
      throw new UnknownSchemaException(
          "schema " + id + ": " + e.getMessage() + " (expected Avro's)");
    }
  }
}
