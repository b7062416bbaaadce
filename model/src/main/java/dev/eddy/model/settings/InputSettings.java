package dev.eddy.model.settings;

import dev.eddy.model.spec.CalendarPart;
import dev.eddy.model.spec.FeatureSchema;
import dev.eddy.settings.Require;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * What of an observation the model reads and learns; the parts of the {@code input:} block that
 * training needs. Either {@code targets} or {@code label} is present.
 *
 * @param features the fields that the model reads
 * @param targets the numeric features to forecast; empty for classification
 * @param label the field that holds the class of each observation; empty for forecasting
 * @param calendar parts of the event time that enter the network; default none
 * @param zone the zone in which calendar parts are read; default UTC
 * @param interval the distance of regular observations; empty: horizons and seasons count
 *     observations
 * @param statics features that belong to a key and do not change, the last ones of {@code
 *     features}; default none
 * @param future which features are known ahead of time; default none
 */
public record InputSettings(
    FeatureSchema features,
    List<String> targets,
    Optional<String> label,
    List<CalendarPart> calendar,
    ZoneId zone,
    Optional<Duration> interval,
    List<String> statics,
    Optional<Future> future) {

  /** Without static features and without any that are known ahead of time. */
  public InputSettings(
      FeatureSchema features,
      List<String> targets,
      Optional<String> label,
      List<CalendarPart> calendar,
      ZoneId zone,
      Optional<Duration> interval) {
    this(features, targets, label, calendar, zone, interval, List.of(), Optional.empty());
  }

  /**
   * Features that are known ahead of time.
   *
   * @param features some of the numeric features, none of them forecast
   * @param reach how many intervals (or observations) ahead values are of use, 1 or more
   */
  public record Future(List<String> features, int reach) {
    public Future {
      features = List.copyOf(features);
    }
  }

  public InputSettings {
    statics = List.copyOf(statics);
    Require.that(
        areLast(statics, features.numeric()) && areLast(statics, features.categorical()),
        "input.static",
        statics,
        "after all other features");
    targets = List.copyOf(targets);
    calendar = List.copyOf(calendar);
    Require.that(
        !features.numeric().isEmpty() || !features.categorical().isEmpty(),
        "input.features",
        "none",
        "at least one feature");
    Require.that(
        targets.isEmpty() == label.isPresent(),
        "input.target, input.label",
        label.isPresent() ? "both" : "neither",
        "one of the two");
    Require.that(
        targets.stream().distinct().count() == targets.size(),
        "input.target",
        targets,
        "each feature once");
    for (String name : targets) {
      Require.that(
          features.numeric().contains(name),
          "input.target",
          name,
          "one of the features " + features.numeric());
    }
    label.ifPresent(
        name ->
            Require.that(
                !features.numeric().contains(name) && !features.categorical().contains(name),
                "input.label",
                name,
                "no feature: the model may not read what it is to say"));
    interval.ifPresent(
        distance ->
            Require.that(
                !distance.isNegative() && !distance.isZero(),
                "input.interval",
                distance,
                "longer than 0"));
  }

  private static boolean areLast(List<String> statics, List<String> features) {
    int others = (int) features.stream().takeWhile(name -> !statics.contains(name)).count();
    return statics.containsAll(features.subList(others, features.size()));
  }

  /** Whether the model says a class for each observation, instead of a forecast. */
  public boolean classifies() {
    return label.isPresent();
  }
}
