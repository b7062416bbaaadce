package dev.eddy.pipeline.cli.tail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.eddy.pipeline.cli.console.Printable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record as {@code eddy tail} shows it. A dead letter, which is told by its headers, is shown
 * with its reason, the place of the record that it was, and that record's bytes.
 *
 * @param record as it came
 * @param value its value as text, where that is not what came
 */
public record TailedRecord(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] value) {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /** Whether it is of that key: its own, or the one that its value names. */
  public boolean isOf(String key) {
    byte[] own = record.key();
    if (own != null && new String(own, StandardCharsets.UTF_8).equals(key)) {
      return true;
    }
    return object().map(value -> value.path("key").asText("").equals(key)).orElse(false);
  }

  /** For a person. */
  String line() {
    String shown = shown(value);
    Optional<String> reason = header("reason");
    if (reason.isEmpty()) {
      return shown;
    }
    String place =
        header("topic").orElse("?")
            + " "
            + header("partition").orElse("?")
            + "@"
            + header("offset").orElse("?");
    return reason.get()
        + " ("
        + header("detail").orElse("")
        + ") at "
        + place
        + ", key "
        + shown(record.key())
        + ": "
        + shown;
  }

  private static String shown(byte @Nullable [] bytes) {
    return bytes == null ? "null" : Printable.line(bytes);
  }

  /** For a program: on one line, the value as it came where it is an object. */
  String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("partition", record.partition());
    json.put("offset", record.offset());
    json.put("written", Instant.ofEpochMilli(record.timestamp()).toString());
    put(json, "key", record.key());
    if (object().isPresent()) {
      String text = new String(value, StandardCharsets.UTF_8);
      json.putRawValue("value", new RawValue(text));
    } else {
      put(json, "value", value);
    }
    header("reason").ifPresent(reason -> json.set("deadLetter", deadLetter(reason)));
    try {
      return Printable.json(JSON.writeValueAsString(json));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a record makes no JSON", e);
    }
  }

  private ObjectNode deadLetter(String reason) {
    ObjectNode letter = JSON.createObjectNode();
    letter.put("reason", reason);
    for (String name : new String[] {"detail", "topic", "partition", "offset", "cut"}) {
      header(name).ifPresent(value -> letter.put(name, value));
    }
    return letter;
  }

  /** Bytes that are no text are told in base 64, under a name that says so. */
  private static void put(ObjectNode json, String name, byte @Nullable [] bytes) {
    Optional<String> text = text(bytes);
    if (bytes == null || text.isPresent()) {
      json.put(name, text.orElse(null));
    } else {
      json.put(name + "Base64", bytes);
    }
  }

  private static Optional<String> text(byte @Nullable [] bytes) {
    try {
      return bytes == null
          ? Optional.empty()
          : Optional.of(
              StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private Optional<JsonNode> object() {
    try {
      return text(value).isPresent()
          ? Optional.of(JSON.readTree(value)).filter(JsonNode::isObject)
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }
}
