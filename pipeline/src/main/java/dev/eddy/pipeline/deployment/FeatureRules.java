package dev.eddy.pipeline.deployment;

import dev.eddy.settings.Require;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Refuses features that an observation cannot have beside each other, by the setting's name. */
final class FeatureRules {
  private FeatureRules() {}

  static void requireFuture(
      FutureSettings known,
      List<String> features,
      List<String> categorical,
      List<String> statics,
      List<String> target) {
    Require.that(
        !target.isEmpty(), "input.future", known.features(), "left out: only a target needs it");
    for (String name : known.features()) {
      boolean refused = statics.contains(name) || target.contains(name) || name.equals("ahead");
      Require.that(
          !refused && features.contains(name),
          "input.future.features",
          name,
          "one of the features "
              + features
              + " that is neither static nor a target, and not called ahead");
    }
    Require.that(
        !features.contains("future") && !categorical.contains("future"),
        "input.features",
        "future",
        "called otherwise: with input.future it is a field");
  }

  static void requireStatics(
      List<String> statics, List<String> features, List<String> categorical, List<String> target) {
    for (String name : statics) {
      boolean known = features.contains(name) || categorical.contains(name);
      Require.that(
          known && !target.contains(name),
          "input.static",
          name,
          "among input.features and input.categorical, and no target");
    }
  }

  static void requireShared(
      SharedSettings from,
      List<String> features,
      List<String> statics,
      List<String> target,
      Optional<FutureSettings> future,
      Optional<Duration> interval) {
    from.requireAmong(features, Stream.concat(statics.stream(), target.stream()).toList());
    boolean ahead =
        future.isPresent() && from.features().stream().anyMatch(future.get().features()::contains);
    Require.that(
        !ahead || interval.isPresent(),
        "input.interval",
        "none",
        "given where features of input.shared are known ahead: their times count in intervals");
  }

  static void requireDistinct(
      List<String> features, List<String> categorical, Optional<String> label) {
    Set<String> seen = new HashSet<>(Set.of("key", "time"));
    for (List<String> names : List.of(features, categorical, label.stream().toList())) {
      for (String name : names) {
        Require.that(seen.add(name), "input", name, "named once, and not be key or time");
      }
    }
  }
}
