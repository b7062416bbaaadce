package dev.eddy.model.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.eddy.model.kernel.NetworkWeights;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.SpecJson;
import dev.eddy.model.tensor.Tensor;
import java.io.IOException;
import java.util.Map;

/** Reads a network that was trained elsewhere, before it is published here. */
public final class ForeignModel {
  private ForeignModel() {}

  /**
   * Reads a spec: that of a {@code model.json}, or one that stands alone.
   *
   * @throws IllegalArgumentException in one line, if it is neither
   */
  public static ModelSpec spec(byte[] json) {
    ObjectMapper mapper = SpecJson.mapper();
    try {
      JsonNode read = mapper.readTree(json);
      JsonNode spec = read == null ? null : read.path("spec");
      return mapper.treeToValue(
          spec == null || spec.isMissingNode() ? read : spec, ModelSpec.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(SpecJson.describe(e), e);
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
  }

  /**
   * Reads weights in the safetensors format.
   *
   * @throws IllegalArgumentException in one line that names the first tensor which is missing, of
   *     another shape or type, unknown, or not finite
   */
  public static NetworkWeights weights(byte[] safetensors, NetworkShape shape) {
    NetworkWeights weights = new NetworkWeights(shape, SafeTensors.read(safetensors));
    for (Map.Entry<String, Tensor> tensor : weights.tensors().entrySet()) {
      float[] values = tensor.getValue().values();
      for (int at = 0; at < values.length; at++) {
        if (!Float.isFinite(values[at])) {
          throw new IllegalArgumentException(
              "tensor " + tensor.getKey() + ": " + values[at] + " at " + at + " (must be finite)");
        }
      }
    }
    return weights;
  }
}
