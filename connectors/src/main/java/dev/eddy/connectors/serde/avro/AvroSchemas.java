package dev.eddy.connectors.serde.avro;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.eddy.settings.UserMistake;
import java.util.List;
import java.util.Objects;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.NameValidator;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;

/** Reads schemas, as leniently as records written with them can be read. */
final class AvroSchemas {
  private AvroSchemas() {}

  /**
   * The last of several schemas, which may use the names of those before it.
   *
   * @throws AvroRuntimeException when one is none of Avro's
   */
  static Schema parse(List<String> texts) {
    Schema.Parser parser =
        new Schema.Parser(NameValidator.UTF_VALIDATOR).setValidateDefaults(false);
    Schema last = Schema.create(Schema.Type.NULL);
    for (String text : texts) {
      try {
        last = parser.parse(text);
      } catch (UnsupportedOperationException | IllegalArgumentException e) { // sizes, arguments
        throw new SchemaParseException(e);
      }
    }
    return last;
  }

  /**
   * The schema of a deployment's records.
   *
   * @param place where it was found
   * @throws UserMistake when it is none of a record
   */
  static Schema record(String place, String text) {
    Schema schema;
    try {
      schema = parse(List.of(text));
    } catch (AvroRuntimeException e) {
      throw new UserMistake(place + ": " + fault(e) + " (must be an Avro schema)", e);
    }
    if (schema.getType() != Schema.Type.RECORD) {
      throw new UserMistake(
          place + ": a schema of " + schema.getType() + " (must be one of a record)");
    }
    return schema;
  }

  /** In one line, and without the classes of the reader. */
  private static String fault(AvroRuntimeException e) {
    String message =
        e.getCause() instanceof JsonProcessingException json
            ? json.getOriginalMessage()
            : String.valueOf(e.getMessage());
    return message.replaceAll("\\s*\\R\\s*", " ");
  }

  /** The schema of what lies at a path, through unions, maps and lists; null where nothing does. */
  static @Nullable Schema at(Schema around, List<String> path) {
    if (around.getType() == Schema.Type.UNION) {
      return around.getTypes().stream()
          .map(branch -> at(branch, path))
          .filter(Objects::nonNull)
          .findFirst()
          .orElse(null);
    }
    if (path.isEmpty()) {
      return around;
    }
    List<String> further = path.subList(1, path.size());
    return switch (around.getType()) {
      case RECORD -> {
        Schema.Field field = around.getField(path.get(0));
        yield field == null ? null : at(field.schema(), further);
      }
      case MAP -> at(around.getValueType(), further);
      case ARRAY -> at(around.getElementType(), further);
      default -> null;
    };
  }
}
