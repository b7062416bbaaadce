package dev.eddy.model.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.model.spec.ModelId;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.SpecJson;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The content of {@code model.json}.
 *
 * @param format of this file and of the weights beside it; {@value #FORMAT}
 * @param id the version it describes
 * @param spec everything but the weights
 * @param provenance where the version comes from
 * @param metrics evaluation figures, as training wrote them
 * @param sha256 of every other file of the version, by file name
 */
public record ModelFile(
    int format,
    ModelId id,
    ModelSpec spec,
    Provenance provenance,
    Map<String, Object> metrics,
    Map<String, String> sha256) {
  /** The newest format, the only one so far. */
  static final int FORMAT = 1;

  private static final ObjectMapper JSON = SpecJson.mapper();

  public ModelFile {
    if (format != FORMAT) {
      throw new IllegalArgumentException("format: " + format + " (must be " + FORMAT + ")");
    }
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    sha256 = Collections.unmodifiableMap(new LinkedHashMap<>(sha256));
  }

  byte[] toJson() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /**
   * Reads {@code model.json}.
   *
   * @throws IllegalArgumentException in one line, if it is not one
   */
  static ModelFile fromJson(byte[] json) {
    try {
      ModelFile file = JSON.readValue(json, ModelFile.class);
      if (file == null) {
        throw new IllegalArgumentException("null (must be an object)");
      }
      return file;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(SpecJson.describe(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }
}
