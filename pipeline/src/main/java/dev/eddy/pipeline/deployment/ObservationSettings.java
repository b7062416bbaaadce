package dev.eddy.pipeline.deployment;

import dev.eddy.connectors.event.FutureFields;
import dev.eddy.connectors.event.ObservationSchema;
import dev.eddy.model.spec.CalendarPart;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.settings.SettingName;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an observation holds and what is to be predicted; the YAML's {@code input:} block.
 *
 * <p>The record lists static features after all others, whatever their order in the YAML, because a
 * model reads them so.
 *
 * @param features numeric fields that enter the network; a forecast's targets are among them
 * @param categorical text fields that enter the network; default none
 * @param statics {@code static:} those of {@code features} and {@code categorical} that belong to
 *     the key and do not change: a value is remembered once an observation has brought it; default
 *     none
 * @param calendar parts of the event time that enter the network; default none
 * @param zone the zone in which calendar parts and dates are read; default UTC
 * @param interval the distance of regular observations; default none: horizons count observations
 * @param target the feature to forecast, or a list of them; this or {@code label}
 * @param label the field that holds the class of each observation; this or {@code target}
 * @param future which features are known ahead of time; default none
 * @param maxAhead an observation further ahead of the wall clock is a dead letter; default 1 d
 */
public record ObservationSettings(
    List<String> features,
    List<String> categorical,
    @SettingName("static") List<String> statics,
    List<CalendarPart> calendar,
    ZoneId zone,
    Optional<Duration> interval,
    List<String> target,
    Optional<String> label,
    Optional<FutureSettings> future,
    Duration maxAhead) {

  public static final ZoneId DEFAULT_ZONE = ZoneOffset.UTC;
  public static final Duration DEFAULT_MAX_AHEAD = Duration.ofDays(1);

  public ObservationSettings {
    statics = List.copyOf(statics);
    features = lastly(statics, features);
    categorical = lastly(statics, categorical);
    calendar = List.copyOf(calendar);
    target = List.copyOf(target);
    requireDistinct(features, categorical, label);
    if (target.isEmpty() != label.isPresent()) {
      throw new IllegalArgumentException(
          "input: "
              + (label.isPresent() ? "target and label" : "neither target nor label")
              + " (must have one of them: target to forecast, label to classify)");
    }
    for (String name : target) {
      if (!features.contains(name)) {
        throw new IllegalArgumentException(
            "input.target: " + name + " (must be one of the features " + features + ")");
      }
    }
    if (new HashSet<>(target).size() < target.size()) {
      throw new IllegalArgumentException("input.target: " + target + " (must name each once)");
    }
    requireStatics(statics, features, categorical, target);
    if (features.isEmpty() && categorical.isEmpty()) {
      throw new IllegalArgumentException("input.features: none (must have at least one)");
    }
    if (interval.isPresent() && !isPositive(interval.get())) {
      throw new IllegalArgumentException(
          "input.interval: " + interval.get() + " (must be longer than nothing)");
    }
    if (future.isPresent()) {
      requireFuture(future.get(), features, categorical, statics, target);
    }
    if (maxAhead.isNegative()) {
      throw new IllegalArgumentException("input.max-ahead: " + maxAhead + " (must be 0 or more)");
    }
  }

  /** The features in the order of {@code RawInput}'s arrays. */
  public FeatureSchema featureSchema() {
    return new FeatureSchema(features, categorical);
  }

  /** The fields of an observation record. */
  public ObservationSchema observationSchema() {
    return new ObservationSchema(features, categorical, label.orElse(null), futureFields());
  }

  private FutureFields futureFields() {
    return future
        .map(
            known ->
                new FutureFields(
                    known.features(),
                    known.reach().orElseThrow(),
                    interval.map(Duration::toMillis).orElse(0L)))
        .orElse(FutureFields.NONE);
  }

  private static void requireFuture(
      FutureSettings known,
      List<String> features,
      List<String> categorical,
      List<String> statics,
      List<String> target) {
    if (target.isEmpty()) {
      throw new IllegalArgumentException(
          "input.future: " + known.features() + " (must be left out: only a target needs it)");
    }
    for (String name : known.features()) {
      boolean refused = statics.contains(name) || target.contains(name) || name.equals("ahead");
      if (refused || !features.contains(name)) {
        throw new IllegalArgumentException(
            "input.future.features: "
                + name
                + " (must be one of the features "
                + features
                + " that is neither static nor a target, and not called ahead)");
      }
    }
    if (features.contains("future") || categorical.contains("future")) {
      throw new IllegalArgumentException(
          "input.features: future (must have another name: with input.future it is a field)");
    }
  }

  /** The same, values known ahead reaching to {@code greatestHorizon} unless they say how far. */
  ObservationSettings reaching(int greatestHorizon) {
    return new ObservationSettings(
        features,
        categorical,
        statics,
        calendar,
        zone,
        interval,
        target,
        label,
        future.map(known -> known.reaching(greatestHorizon)),
        maxAhead);
  }

  private static List<String> lastly(List<String> statics, List<String> names) {
    return Stream.concat(
            names.stream().filter(name -> !statics.contains(name)),
            names.stream().filter(statics::contains))
        .toList();
  }

  private static void requireStatics(
      List<String> statics, List<String> features, List<String> categorical, List<String> target) {
    for (String name : statics) {
      boolean known = features.contains(name) || categorical.contains(name);
      if (!known || target.contains(name)) {
        throw new IllegalArgumentException(
            "input.static: "
                + name
                + " (must be among input.features and input.categorical, and no target)");
      }
    }
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isNegative() && !duration.isZero();
  }

  private static void requireDistinct(
      List<String> features, List<String> categorical, Optional<String> label) {
    Set<String> seen = new HashSet<>(Set.of("key", "time"));
    for (List<String> names : List.of(features, categorical, label.stream().toList())) {
      for (String name : names) {
        if (!seen.add(name)) {
          throw new IllegalArgumentException(
              "input: " + name + " (must be named once, and not be key or time)");
        }
      }
    }
  }
}
