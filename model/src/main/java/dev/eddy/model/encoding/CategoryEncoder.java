package dev.eddy.model.encoding;

import dev.eddy.model.spec.InputEncoding.CategoricalFeature;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Encodes a categorical feature one-hot; the last place stands for unknown and missing values. */
final class CategoryEncoder {
  private final Map<String, Integer> places = new HashMap<>();
  private final int unknown;

  CategoryEncoder(CategoricalFeature feature) {
    for (String value : feature.values()) {
      places.put(value, places.size());
    }
    this.unknown = feature.values().size();
  }

  static int inputs(CategoricalFeature feature) {
    return feature.values().size() + 1;
  }

  int inputs() {
    return unknown + 1;
  }

  void encode(@Nullable String value, float[] inputs, int at) {
    Arrays.fill(inputs, at, at + unknown + 1, 0);
    Integer place = value == null ? null : places.get(value);
    inputs[at + (place == null ? unknown : place)] = 1;
  }
}
