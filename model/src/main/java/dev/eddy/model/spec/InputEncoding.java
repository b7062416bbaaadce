package dev.eddy.model.spec;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How raw inputs become the numbers that enter the network; fitted on the training part, then fixed
 * in the model version.
 *
 * @param numeric every numeric feature with its fitted transform, in the schema's order
 * @param categorical every categorical feature with its vocabulary, in the schema's order
 * @param calendar parts of the event time that enter as sine and cosine
 * @param zone the zone in which calendar parts are read
 * @param interval the distance of regular observations; empty: horizons and seasons count
 *     observations
 * @param typicalGap the time between successive observations of a key that counts as usual: the
 *     interval where there is one, else the median over the training part
 * @param targets what is forecast, each one of the numeric features; empty for classification
 * @param deviationSpans numbers of observations over which each numeric feature's running deviation
 *     enters, ascending, each 2 or more; may be empty
 * @param statics features that belong to a key and do not change; in the schema they come after the
 *     others
 * @param future which numeric features have values told ahead of time; empty: none
 */
public record InputEncoding(
    List<NumericFeature> numeric,
    List<CategoricalFeature> categorical,
    List<CalendarPart> calendar,
    ZoneId zone,
    Optional<Duration> interval,
    Duration typicalGap,
    List<Target> targets,
    List<Integer> deviationSpans,
    Statics statics,
    Optional<Future> future) {

  public InputEncoding {
    numeric = List.copyOf(numeric);
    categorical = List.copyOf(categorical);
    calendar = List.copyOf(calendar);
    targets = List.copyOf(targets);
    deviationSpans = List.copyOf(deviationSpans);
    SpecCheck.ascending("input.deviationSpans", deviationSpans, 2);
    SpecCheck.distinct(
        "input feature",
        Stream.concat(
                Stream.concat(numeric.stream(), statics.numeric().stream())
                    .map(NumericFeature::name),
                Stream.concat(categorical.stream(), statics.categorical().stream())
                    .map(CategoricalFeature::name))
            .toList());
    SpecCheck.distinct("input.calendar", calendar);
    interval.ifPresent(found -> requireMillisecond("input.interval", found));
    requireMillisecond("input.typicalGap", typicalGap);
    SpecCheck.distinct("input.targets", targets.stream().map(Target::name).toList());
    for (Target target : targets) {
      if (indexOf(numeric, target.name()) < 0) {
        throw new IllegalArgumentException(
            "input.targets: "
                + target.name()
                + " (must be one of the numeric features "
                + numeric.stream().map(NumericFeature::name).toList()
                + ")");
      }
    }
    if (future.isPresent()) {
      requireFuture(future.get(), numeric, targets.stream().map(Target::name).toList());
    }
  }

  private static void requireFuture(
      Future future, List<NumericFeature> numeric, List<String> targets) {
    for (String name : future.features()) {
      if (indexOf(numeric, name) < 0 || targets.contains(name)) {
        throw new IllegalArgumentException(
            "input.future: "
                + name
                + " (must be one of the numeric features "
                + numeric.stream().map(NumericFeature::name).toList()
                + ", and no target)");
      }
    }
  }

  /** [future features] their places among the numeric features; empty without any. */
  public int[] futureIndexes() {
    return future.stream()
        .flatMap(found -> found.features().stream())
        .mapToInt(name -> indexOf(numeric, name))
        .toArray();
  }

  /** The place of target number {@code target} among the numeric features. */
  public int targetIndex(int target) {
    return indexOf(numeric, targets.get(target).name());
  }

  private static int indexOf(List<NumericFeature> features, String name) {
    return features.stream().map(NumericFeature::name).toList().indexOf(name);
  }

  private static void requireMillisecond(String name, Duration duration) {
    if (duration.toMillis() < 1) {
      throw new IllegalArgumentException(name + ": " + duration + " (must be 1 ms or more)");
    }
  }

  /** The raw fields this encoding reads, in their order. */
  @JsonIgnore
  public FeatureSchema schema() {
    return new FeatureSchema(
        Stream.concat(numeric.stream(), statics.numeric().stream())
            .map(NumericFeature::name)
            .toList(),
        Stream.concat(categorical.stream(), statics.categorical().stream())
            .map(CategoricalFeature::name)
            .toList());
  }

  /**
   * A numeric feature: z-scored globally and by the key's own causal running mean and deviation.
   *
   * @param name the field's name
   * @param log1p whether {@code log1p} comes first (non-negative, skew above 2 in training)
   * @param mean mean over the training part, after log1p
   * @param deviation standard deviation over the training part, after log1p; above 0
   * @param ownPrior observations that these two are worth against the key's own mean and deviation;
   *     0: the key's own stand alone
   */
  public record NumericFeature(
      String name, boolean log1p, double mean, double deviation, int ownPrior) {
    public NumericFeature {
      if (ownPrior < 0) {
        throw new IllegalArgumentException(
            "feature " + name + ": ownPrior " + ownPrior + " (must be 0 or more)");
      }
      if (!(deviation > 0) || !Double.isFinite(deviation) || !Double.isFinite(mean)) {
        throw new IllegalArgumentException(
            "feature "
                + name
                + ": mean "
                + mean
                + ", deviation "
                + deviation
                + " (must be finite, deviation above 0)");
      }
    }
  }

  /**
   * A categorical feature, one-hot with one more place, trained, for unknown and missing values.
   *
   * @param name the field's name
   * @param values the vocabulary seen in the training part, sorted
   */
  public record CategoricalFeature(String name, List<String> values) {
    public CategoricalFeature {
      values = List.copyOf(values);
      SpecCheck.distinct("input." + name + ".values", values);
    }
  }

  /**
   * What is forecast, with its seasons.
   *
   * @param name one of the numeric features
   * @param seasons season lengths in observations (or intervals), ascending; may be empty
   */
  public record Target(String name, List<Integer> seasons) {
    public Target {
      seasons = List.copyOf(seasons);
      SpecCheck.ascending("input.targets.seasons", seasons, 1);
    }
  }

  /**
   * Features that belong to a key and do not change.
   *
   * @param numeric scaled globally, never by the key's own statistics; may be empty
   * @param categorical may be empty
   */
  public record Statics(List<NumericFeature> numeric, List<CategoricalFeature> categorical) {
    /** Nothing is static. */
    public static final Statics NONE = new Statics(List.of(), List.of());

    public Statics {
      numeric = List.copyOf(numeric);
      categorical = List.copyOf(categorical);
    }
  }

  /**
   * Features whose future values records tell: those at each horizon within reach are inputs.
   *
   * @param features names, each one of the numeric features and no target
   * @param reach how many intervals (or observations) ahead values are remembered, 1 or more
   * @param horizons at which values enter, ascending, none beyond the reach
   */
  public record Future(List<String> features, int reach, List<Integer> horizons) {
    public Future {
      features = List.copyOf(features);
      horizons = List.copyOf(horizons);
      SpecCheck.notEmpty("input.future.features", features);
      SpecCheck.distinct("input.future.features", features);
      SpecCheck.ascending("input.future.horizons", horizons, 1);
      if (reach < 1 || (!horizons.isEmpty() && horizons.get(horizons.size() - 1) > reach)) {
        throw new IllegalArgumentException(
            "input.future.reach: "
                + reach
                + " (must be 1 or more, and no less than "
                + horizons
                + ")");
      }
    }
  }
}
