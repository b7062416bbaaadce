package dev.eddy.connectors.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.connectors.registry.RegistryHttp.Answer;
import dev.eddy.settings.UserMistake;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Looks up and registers schemas. Keeps nothing of what it is told. Waits for a registry that does
 * not answer, and throws a {@link UserMistake} when that takes too long: of the registry, never of
 * a record. Thread confined.
 */
public final class SchemaRegistry {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NO_SCHEMA = 40403;
  private static final Set<Integer> FIRST = Set.of(40401, 40402); // no such subject, or version
  private static final int DEEPEST = 20; // references of references

  private final RegistryAddress address;
  private final RegistryHttp http;

  /** A client; asks nothing yet. */
  public SchemaRegistry(RegistryAddress address) {
    this.address = address;
    http = new RegistryHttp(address);
  }

  /**
   * Asks whether it is there.
   *
   * @throws UserMistake when it is not
   */
  public void require() {
    requireFine(http.ask("/subjects", null), "/subjects");
  }

  /**
   * The schema of an id.
   *
   * @throws UnknownSchemaException when there is none, or it is none of Avro's
   */
  public RegisteredSchema byId(int id) throws UnknownSchemaException {
    Answer answer = http.ask("/schemas/ids/" + id, null);
    // Another code may be another server's word, and every record would be a dead letter.
    if (answer.code() == NO_SCHEMA) {
      throw new UnknownSchemaException(
          "schema " + id + ": unknown to the registry at " + address + " (expected a known one)");
    }
    requireFine(answer, "/schemas/ids/" + id);
    String type = answer.json().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new UnknownSchemaException("schema " + id + ": " + type + " (expected AVRO)");
    }
    Set<String> references = new LinkedHashSet<>();
    addReferences(answer.json(), references, 0);
    return new RegisteredSchema(text(answer, "schema"), List.copyOf(references));
  }

  private void addReferences(JsonNode schema, Set<String> texts, int depth) {
    if (depth > DEEPEST) {
      throw new UserMistake(
          "registry: " + address + ": references of references, more than " + DEEPEST + " deep");
    }
    for (JsonNode each : schema.path("references")) {
      String path =
          subject(each.path("subject").asText()) + "/versions/" + each.path("version").asText();
      Answer answer = http.ask(path, null);
      requireFine(answer, path);
      addReferences(answer.json(), texts, depth + 1);
      texts.add(text(answer, "schema"));
    }
  }

  /**
   * The id of a schema, which is registered unless it is.
   *
   * @throws UserMistake when the registry refuses it
   */
  public int register(String subject, String schema) {
    Answer known = http.ask(subject(subject), schema(schema));
    if (known.isFine() && known.json().path("id").isInt()) {
      return known.json().path("id").asInt();
    }
    Answer answer = http.ask(subject(subject) + "/versions", schema(schema));
    if (!answer.isFine() || !answer.json().path("id").isInt()) {
      throw new UserMistake(
          "registry: "
              + address
              + ": refuses the schema of "
              + subject
              + ": "
              + answer.message()
              + (answer.status() == 409
                  ? " (must be compatible with the versions before it, or another topic)"
                  : " (must take it)"));
    }
    return answer.json().path("id").asInt();
  }

  /**
   * Why a schema could not become the next version of a subject, in the registry's words; empty
   * when it could.
   */
  public List<String> obstacles(String subject, String schema) {
    String path = "/compatibility" + subject(subject) + "/versions/latest";
    Answer answer = http.ask(path + "?verbose=true", schema(schema));
    if (FIRST.contains(answer.code())) { // a first version is compatible with anything
      return List.of();
    }
    requireFine(answer, path);
    if (answer.json().path("is_compatible").asBoolean(false)) {
      return List.of();
    }
    List<String> messages = new ArrayList<>();
    answer.json().path("messages").forEach(message -> messages.add(message.asText()));
    return messages.isEmpty()
        ? List.of(answer.json().path("reason").asText("not compatible")) // Apicurio's word
        : messages;
  }

  private void requireFine(Answer answer, String path) {
    if (!answer.isFine()) {
      throw new UserMistake(
          "registry: "
              + address
              + ": answers "
              + answer.message().strip()
              + " to "
              + path
              + " (must have Confluent's REST interface there)");
    }
  }

  private String text(Answer answer, String name) {
    JsonNode found = answer.json().path(name);
    if (!found.isTextual()) {
      throw new UserMistake(
          "registry: "
              + address
              + ": answers without "
              + name
              + " (must have Confluent's REST interface there)");
    }
    return found.asText();
  }

  private static String subject(String subject) {
    return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static ObjectNode schema(String text) {
    return JSON.createObjectNode().put("schema", text);
  }
}
