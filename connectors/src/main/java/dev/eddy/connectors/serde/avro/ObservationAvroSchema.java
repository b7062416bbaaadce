package dev.eddy.connectors.serde.avro;

import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.settings.UserMistake;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Generates the schema of a deployment's observations, always the same of the same deployment.
 * Whatever a changed deployment may gain or lose can be null and is so by default, so that its
 * schema and the one before it read each other's records.
 */
public final class ObservationAvroSchema {
  private static final String NAME = "Observation";

  private final String namespace;

  private ObservationAvroSchema(String namespace) {
    this.namespace = namespace;
  }

  /**
   * Generates it.
   *
   * @param deployment its name, of which the namespace is made
   * @throws UserMistake when a field lies where Avro can have none
   */
  public static String of(ObservationSchema schema, String deployment) {
    return generated(schema, deployment).toString();
  }

  static Schema generated(ObservationSchema schema, String deployment) {
    Level root = new Level();
    for (String name : schema.names()) {
      root.put(schema.path(name), name, type(schema, name));
    }
    return new ObservationAvroSchema(AvroNames.of(deployment)).record(NAME, root);
  }

  private static Schema type(ObservationSchema schema, String name) {
    if (name.equals("key")) {
      return Schema.create(Schema.Type.STRING);
    }
    if (name.equals("time")) {
      return timestamp();
    }
    if (name.equals("future") && !schema.future().isEmpty()) {
      return orNull(Schema.createArray(Schema.createMap(futureValue())));
    }
    Schema.Type type = schema.numeric().contains(name) ? Schema.Type.DOUBLE : Schema.Type.STRING;
    return orNull(Schema.create(type));
  }

  /** An entry is a map, because what it lacks is not told, and what is null is taken back. */
  private static Schema futureValue() {
    return Schema.createUnion(
        Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.DOUBLE), timestamp());
  }

  static Schema timestamp() {
    return LogicalTypes.timestampMillis().addToSchema(Schema.create(Schema.Type.LONG));
  }

  static Schema orNull(Schema schema) {
    return Schema.createUnion(Schema.create(Schema.Type.NULL), schema);
  }

  private Schema record(String name, Level level) {
    List<Schema.Field> fields = new ArrayList<>();
    level.within.forEach(
        (field, each) -> {
          Schema found = each.type;
          Schema type = found == null ? orNull(record(name + "_" + field, each)) : found;
          boolean nullable = type.getType() == Schema.Type.UNION;
          fields.add(
              nullable
                  ? new Schema.Field(field, type, null, Schema.Field.NULL_DEFAULT_VALUE)
                  : new Schema.Field(field, type));
        });
    return Schema.createRecord(name, null, namespace, false, fields);
  }

  /** What lies within a record, by name; or a field. */
  private static final class Level {
    private final Map<String, Level> within = new LinkedHashMap<>();
    private @Nullable Schema type;

    void put(List<String> path, String name, Schema field) {
      Level at = this;
      for (String step : path) {
        if (!AvroNames.isName(step)) {
          throw new UserMistake(
              "input.fields."
                  + name
                  + ": "
                  + String.join(".", path)
                  + " (must have names of letters, digits and '_' to be written as Avro; say where"
                  + " it lies: input.fields: {"
                  + name
                  + ": "
                  + AvroNames.of(name)
                  + "})");
        }
        at = at.within.computeIfAbsent(step, each -> new Level());
      }
      at.type = field;
    }
  }
}
