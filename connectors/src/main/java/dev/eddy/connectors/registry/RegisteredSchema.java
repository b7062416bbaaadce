package dev.eddy.connectors.registry;

import java.util.List;

/**
 * A schema as a registry holds it.
 *
 * @param text in Avro's JSON
 * @param references texts of the schemas whose names it uses, each after those that it uses itself
 */
public record RegisteredSchema(String text, List<String> references) {
  public RegisteredSchema {
    references = List.copyOf(references);
  }
}
