package dev.eddy.pipeline.operator;

import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.RawInput;
import dev.eddy.model.store.ModelRefusedException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the fields that a model version reads among the fields of a deployment's observations. */
final class FeatureMapping {
  private final int[] numeric; // [model's numeric features], index in the observation
  private final int[] categorical; // [model's categorical features], index in the observation
  private final boolean sameNumeric;
  private final boolean sameCategorical;

  /**
   * Maps by name.
   *
   * @throws ModelRefusedException if the model reads a field that observations do not have
   */
  FeatureMapping(ObservationSchema from, FeatureSchema to) {
    numeric = indexes("numeric", from.numeric(), to.numeric());
    categorical = indexes("categorical", from.categorical(), to.categorical());
    sameNumeric = from.numeric().equals(to.numeric());
    sameCategorical = from.categorical().equals(to.categorical());
  }

  /** The observation as the model reads it; shares the observation's arrays where it can. */
  RawInput map(Observation observation) {
    return new RawInput(
        observation.time(),
        sameNumeric ? observation.numeric() : numeric(observation.numeric()),
        sameCategorical ? observation.categories() : categories(observation.categories()));
  }

  private float[] numeric(float[] values) {
    float[] mapped = new float[numeric.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = values[numeric[i]];
    }
    return mapped;
  }

  private @Nullable String[] categories(@Nullable String[] values) {
    @Nullable String[] mapped = new @Nullable String[categorical.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = values[categorical[i]];
    }
    return mapped;
  }

  private static int[] indexes(String kind, List<String> from, List<String> to) {
    return to.stream()
        .flatMapToInt(
            name -> {
              int index = from.indexOf(name);
              if (index < 0) {
                throw new ModelRefusedException(
                    kind + " feature " + name + ": not in input (must be one of " + from + ")");
              }
              return IntStream.of(index);
            })
        .toArray();
  }
}
