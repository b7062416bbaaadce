package dev.eddy.pipeline.version;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.SpecJson;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers what a version that has served was made of, so that a key's state can be moved over
 * from it when its files are gone.
 *
 * @param digest as it was announced
 * @param spec how it laid out keys' states, among others
 */
public record ServedVersion(
    @JsonProperty("digest") String digest, @JsonProperty("spec") ModelSpec spec) {
  private static final Logger LOG = LoggerFactory.getLogger(ServedVersion.class);

  /** As checkpoints hold it. */
  public String toJson() {
    try {
      return SpecJson.mapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a spec that was read cannot be written", e);
    }
  }

  /** What a checkpoint holds; empty if another Eddy wrote it in a way that is not known here. */
  public static Optional<ServedVersion> fromJson(String json) {
    try {
      return Optional.of(SpecJson.mapper().readValue(json, ServedVersion.class));
    } catch (JsonProcessingException e) {
      LOG.warn("a version that served is not remembered: {}", SpecJson.describe(e));
      return Optional.empty();
    }
  }
}
