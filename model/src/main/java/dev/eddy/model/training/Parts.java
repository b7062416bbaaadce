package dev.eddy.model.training;

import java.util.List;
import java.util.Set;

/** Tells which part of the history a key's observation, or a forecast's target, belongs to. */
final class Parts {
  private final Split split;
  private final Set<String> validationKeys;
  private final Set<String> testKeys;

  Parts(Split split, List<String> keys, long seed) {
    this.split = split;
    if (split instanceof Split.ByKey byKey) {
      testKeys = byKey.test().select(keys, seed);
      List<String> others = keys.stream().filter(key -> !testKeys.contains(key)).toList();
      validationKeys = byKey.validation().select(others, seed + 1);
      Require.that(
          testKeys.size() + validationKeys.size() < keys.size(),
          "training.split",
          validationKeys.size() + " validation and " + testKeys.size() + " test keys",
          "fewer than the history's " + keys.size());
    } else {
      testKeys = Set.of();
      validationKeys = Set.of();
    }
  }

  /** The part to which {@code time} of {@code key} belongs. */
  Part of(String key, long time) {
    if (split instanceof Split.ByTime byTime) {
      return time < byTime.validationFrom().toEpochMilli()
          ? Part.TRAINING
          : time < byTime.testFrom().toEpochMilli() ? Part.VALIDATION : Part.TEST;
    }
    return testKeys.contains(key)
        ? Part.TEST
        : validationKeys.contains(key) ? Part.VALIDATION : Part.TRAINING;
  }

  /** Whether some observation of the key may train: else no scaler need look at it. */
  boolean mayTrain(String key) {
    return of(key, Long.MIN_VALUE) == Part.TRAINING;
  }

  /** Whether some observation of the key may be tested. */
  boolean mayTest(String key) {
    return of(key, Long.MAX_VALUE) == Part.TEST;
  }
}
