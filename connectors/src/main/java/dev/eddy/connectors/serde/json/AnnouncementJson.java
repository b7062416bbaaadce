package dev.eddy.connectors.serde.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.connectors.event.Announcement;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * Announcements as JSON: {@code {"id", "model", "effective-from", "swap", "digest", "store"}};
 * without {@code effective-from} the version serves from the beginning of time. Of a shadow it has
 * {@code shadow} in place of {@code model}, and a retraction is {@code {"id", "retracts",
 * "digest"}}: both without {@code model}, so that an Eddy that knows none leaves them out.
 */
public final class AnnouncementJson {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MODEL = "model";
  private static final String RETRACTS = "retracts";
  private static final String SHADOW = "shadow";
  private static final Pattern VERSION =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*@[1-9]\\d{0,8}");

  private AnnouncementJson() {}

  /** The announcement's record value. */
  public static byte[] write(Announcement announcement) {
    JsonOutput output = new JsonOutput();
    return output.write((json, value) -> writeBody(output, json, value), announcement);
  }

  private static void writeBody(JsonOutput output, JsonGenerator json, Announcement announcement)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("id", announcement.id());
    if (announcement.retracts()) {
      json.writeStringField(RETRACTS, announcement.model());
      json.writeStringField("digest", announcement.digest());
    } else {
      writeVersion(output, json, announcement);
    }
    json.writeEndObject();
  }

  private static void writeVersion(JsonOutput output, JsonGenerator json, Announcement announcement)
      throws IOException {
    json.writeStringField(announcement.shadow() ? SHADOW : MODEL, announcement.model());
    if (announcement.effectiveFrom() != Long.MIN_VALUE) {
      json.writeFieldName("effective-from");
      output.writeTime(announcement.effectiveFrom());
    }
    json.writeStringField("swap", announcement.swap());
    json.writeStringField("digest", announcement.digest());
    json.writeStringField("store", announcement.store());
  }

  /**
   * The announcement of a record value.
   *
   * @throws IllegalArgumentException with one line, if the bytes are no announcement
   */
  public static Announcement read(byte[] value) {
    try {
      JsonNode root = JSON.readTree(value);
      if (root.has(RETRACTS)) {
        return Announcement.retraction(
            text(root, "id"), version(root, RETRACTS), text(root, "digest"));
      }
      boolean shadow = root.has(SHADOW);
      return new Announcement(
          text(root, "id"),
          version(root, shadow ? SHADOW : MODEL),
          effectiveFrom(root),
          text(root, "swap"),
          text(root, "digest"),
          text(root, "store"),
          false,
          shadow);
    } catch (IOException e) {
      throw new IllegalArgumentException("announcement: not JSON (must be one JSON object)", e);
    }
  }

  private static long effectiveFrom(JsonNode root) {
    JsonNode found = root.path("effective-from");
    if (found.isMissingNode() || found.isNull()) {
      return Long.MIN_VALUE;
    }
    long millis = found.isTextual() ? IsoTime.parse(found.asText()) : IsoTime.INVALID;
    if (millis == IsoTime.INVALID) {
      throw new IllegalArgumentException(
          "announcement: effective-from: " + found + " (must be an ISO-8601 time)");
    }
    return millis;
  }

  private static String version(JsonNode root, String field) {
    String found = text(root, field);
    if (!VERSION.matcher(found).matches()) {
      throw new IllegalArgumentException(
          "announcement: " + field + ": " + found + " (must look like name@7)");
    }
    return found;
  }

  private static String text(JsonNode root, String name) {
    JsonNode found = root.path(name);
    if (!found.isTextual() || found.asText().isEmpty()) {
      throw new IllegalArgumentException("announcement: " + name + ": none (must be text)");
    }
    return found.asText();
  }
}
