package dev.eddy.connectors.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.eddy.connectors.registry.RegistryHttp.Answer;
import dev.eddy.connectors.registry.UnknownSchemaException.Hope;
import dev.eddy.settings.UserMistake;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final int MOST_REFERENCES = 100; // of references, too

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
    requireFine(http.ask("/subjects", null, http.deadline()), "/subjects");
  }

  /**
   * The schema of an id, of whichever address knows it. All that it takes ends with the patience.
   *
   * @throws UnknownSchemaException when there is none, or it is none of Avro's
   */
  public RegisteredSchema byId(int id) throws UnknownSchemaException {
    String name = "schema " + id;
    long deadline = http.deadline();
    // Another code may be another server's word, and every record would be a dead letter.
    Answer answer =
        http.ask("/schemas/ids/" + id, null, deadline, each -> each.code() == NO_SCHEMA);
    if (answer.code() == NO_SCHEMA) {
      throw unknown(name, answer);
    }
    requireFine(answer, "/schemas/ids/" + id);
    String type = answer.json().path("schemaType").asText("AVRO");
    if (!type.equals("AVRO")) {
      throw new UnknownSchemaException(name + ": " + type + " (expected AVRO)", Hope.NONE);
    }
    Map<String, String> references = new LinkedHashMap<>();
    addReferences(name, answer.json(), references, new HashSet<>(), deadline);
    return new RegisteredSchema(text(answer, "schema"), List.copyOf(references.values()));
  }

  private UnknownSchemaException unknown(String what, Answer answer) {
    return new UnknownSchemaException(
        what + ": unknown to the registry at " + address + " (expected a known one)",
        answer.ofAll() ? Hope.SOON : Hope.WHEN_BACK);
  }

  /**
   * Adds what a schema uses before it, each once.
   *
   * @param texts by path
   * @param seen paths that were asked for
   */
  private void addReferences(
      String name, JsonNode schema, Map<String, String> texts, Set<String> seen, long deadline)
      throws UnknownSchemaException {
    for (JsonNode each : schema.path("references")) {
      String subject = each.path("subject").asText();
      String version = each.path("version").asText();
      String path = subject(subject) + "/versions/" + version;
      if (!seen.add(path)) {
        continue;
      }
      if (seen.size() > MOST_REFERENCES) {
        throw new UnknownSchemaException(
            name + ": more than " + MOST_REFERENCES + " references (expected fewer)", Hope.NONE);
      }
      Answer answer = http.ask(path, null, deadline, answered -> FIRST.contains(answered.code()));
      if (FIRST.contains(answer.code())) {
        throw unknown(name + ": its reference " + subject + " version " + version, answer);
      }
      requireFine(answer, path);
      addReferences(name, answer.json(), texts, seen, deadline);
      texts.put(path, text(answer, "schema"));
    }
  }

  /**
   * The id of a schema, which is registered unless it is.
   *
   * @throws UserMistake when the registry refuses it
   */
  public int register(String subject, String schema) {
    long deadline = http.deadline();
    Answer known = http.ask(subject(subject), schema(schema), deadline);
    if (known.isFine() && known.json().path("id").isInt()) {
      return known.json().path("id").asInt();
    }
    Answer answer = http.ask(subject(subject) + "/versions", schema(schema), deadline);
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
    Answer answer = http.ask(path + "?verbose=true", schema(schema), http.deadline());
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

  /** How long it is waited for when it does not answer. */
  public Duration patience() {
    return Duration.ofMillis(address.patienceMillis());
  }

  /** Waits before it is asked again. */
  public static void rest(long millis) {
    RegistryHttp.rest(millis);
  }

  private static String subject(String subject) {
    return "/subjects/" + URLEncoder.encode(subject, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static ObjectNode schema(String text) {
    return JSON.createObjectNode().put("schema", text);
  }
}
