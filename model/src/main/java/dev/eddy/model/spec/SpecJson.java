package dev.eddy.model.spec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The one way in which specs are written as JSON and read back: strict, times as ISO-8601. */
public final class SpecJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new Jdk8Module())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SpecJson() {}

  /** The shared mapper; thread-safe, must not be reconfigured. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /** What is wrong with a document and where in it, in one line. */
  public static String describe(JsonProcessingException problem) {
    if (problem.getCause() instanceof IllegalArgumentException ours) {
      return firstLine(String.valueOf(ours.getMessage())); // names the place itself
    }
    String message = firstLine(problem.getOriginalMessage());
    if (!(problem instanceof JsonMappingException mapping) || mapping.getPath().isEmpty()) {
      return message;
    }
    String path = mapping.getPath().stream().map(SpecJson::name).collect(Collectors.joining("."));
    if (problem instanceof UnrecognizedPropertyException unknown) {
      return path
          + ": unknown (must be one of "
          + new TreeSet<>(unknown.getKnownPropertyIds())
          + ")";
    }
    return path + ": " + (message.startsWith("Missing") ? "missing" : message);
  }

  private static String name(JsonMappingException.Reference part) {
    String field = part.getFieldName();
    return field == null ? Integer.toString(part.getIndex()) : field;
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
