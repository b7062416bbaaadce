package dev.eddy.pipeline.version;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.FutureValues;
import dev.eddy.connectors.event.Observation;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import dev.eddy.model.store.ModelRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the fields that a model version reads among the fields of a deployment's observations. */
public final class FeatureMapping {
  private final int[] numeric; // [model's numeric features], index in the observation
  private final int[] categorical; // [model's categorical features], index in the observation
  private final int[] modelNumeric; // [observation's numeric features], index in the model, or -1
  private final boolean sameNumeric;
  private final boolean sameCategorical;

  /**
   * Maps by name what was observed when records had other fields: those that they lacked are
   * missing.
   */
  FeatureMapping(List<String> numericFrom, List<String> categoricalFrom, InputEncoding encoding) {
    FeatureSchema to = encoding.schema();
    modelNumeric = numericFrom.stream().mapToInt(to.numeric()::indexOf).toArray();
    numeric = to.numeric().stream().mapToInt(numericFrom::indexOf).toArray();
    categorical = to.categorical().stream().mapToInt(categoricalFrom::indexOf).toArray();
    sameNumeric = numericFrom.equals(to.numeric());
    sameCategorical = categoricalFrom.equals(to.categorical());
  }

  /**
   * Maps by name.
   *
   * @throws ModelRefusedException if the model reads a field that observations do not have, or the
   *     future of one of which they do not tell it in the same way
   */
  FeatureMapping(ObservationSchema from, InputEncoding encoding) {
    FeatureSchema to = encoding.schema();
    obstacle(encoding, from.future())
        .ifPresent(
            obstacle -> {
              throw new ModelRefusedException(obstacle);
            });
    modelNumeric = from.numeric().stream().mapToInt(to.numeric()::indexOf).toArray();
    numeric = indexes("numeric", from.numeric(), to.numeric());
    categorical = indexes("categorical", from.categorical(), to.categorical());
    sameNumeric = from.numeric().equals(to.numeric());
    sameCategorical = from.categorical().equals(to.categorical());
  }

  /** The observation as the model reads it; shares the observation's arrays where it can. */
  public RawInput map(Observation observation) {
    return map(
        observation.time(), observation.numeric(), observation.categories(), observation.future());
  }

  /** The values of an observation as the model reads them; shares the arrays where it can. */
  public RawInput map(long time, double[] numbers, @Nullable String[] texts, FutureValues future) {
    return new RawInput(
        time,
        sameNumeric ? numbers : numeric(numbers),
        sameCategorical ? texts : categories(texts),
        map(future));
  }

  /** The future as the model reads it; what it does not read is left out. */
  public RawFuture map(FutureValues future) {
    if (future.size() == 0) {
      return RawFuture.NONE;
    }
    if (sameNumeric) {
      return new RawFuture(future.when(), future.features(), future.values());
    }
    int[] read =
        IntStream.range(0, future.size())
            .filter(i -> modelNumeric[future.features()[i]] >= 0)
            .toArray();
    RawFuture mapped =
        new RawFuture(new long[read.length], new int[read.length], new double[read.length]);
    for (int i = 0; i < read.length; i++) {
      mapped.when()[i] = future.when()[read[i]];
      mapped.features()[i] = modelNumeric[future.features()[read[i]]];
      mapped.values()[i] = future.values()[read[i]];
    }
    return mapped;
  }

  private double[] numeric(double[] values) {
    double[] mapped = new double[numeric.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = numeric[i] < 0 ? Double.NaN : values[numeric[i]];
    }
    return mapped;
  }

  private @Nullable String[] categories(@Nullable String[] values) {
    @Nullable String[] mapped = new @Nullable String[categorical.length];
    for (int i = 0; i < mapped.length; i++) {
      mapped[i] = categorical[i] < 0 ? null : values[categorical[i]];
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

  /**
   * What keeps a version from being served by a deployment's future values: place, value found,
   * what was expected; empty where nothing does.
   *
   * @param model how the version reads observations
   * @param deployment what its records tell of the future
   */
  public static Optional<String> obstacle(InputEncoding model, FutureFields deployment) {
    List<String> read = model.future().map(InputEncoding.Future::features).orElse(List.of());
    if (!deployment.features().containsAll(read)) {
      return Optional.of(
          "reads ahead of time "
              + read
              + " (must be among input.future, "
              + deployment.features()
              + ")");
    }
    long interval = model.interval().map(Duration::toMillis).orElse(0L);
    if (!read.isEmpty() && interval != deployment.intervalMillis()) {
      return Optional.of(
          "reads ahead of time by intervals of "
              + interval
              + " ms (must be input.interval, "
              + deployment.intervalMillis()
              + " ms; 0: by observations)");
    }
    return Optional.empty();
  }
}
