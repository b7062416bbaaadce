package dev.eddy.model.history;

import dev.eddy.model.settings.Split;
import dev.eddy.settings.Require;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which part of the history a key's observation, or a forecast's target, belongs to: by its
 * time alone, so that it can be told of one that has not come yet.
 */
public final class Parts {
  private static final Period ALL_TRAIN = new Period(Long.MAX_VALUE, Long.MAX_VALUE);
  private static final Period ALL_VALIDATE = new Period(Long.MIN_VALUE, Long.MAX_VALUE);
  private static final Period ALL_TEST = new Period(Long.MIN_VALUE, Long.MIN_VALUE);

  private final Map<String, Period> ofKeys; // those that are not as the others
  private final Period others;

  /** Where a key's parts begin, epoch milliseconds; {@link Long#MAX_VALUE} for never. */
  private record Period(long validationFrom, long testFrom) {
    Part at(long time) {
      if (testFrom < Long.MAX_VALUE && time >= testFrom) {
        return Part.TEST;
      }
      return validationFrom < Long.MAX_VALUE && time >= validationFrom
          ? Part.VALIDATION
          : Part.TRAINING;
    }
  }

  private Parts(Map<String, Period> ofKeys, Period others) {
    this.ofKeys = ofKeys;
    this.others = others;
  }

  /**
   * The parts of a history, in whichever order it is.
   *
   * @param seed of a split by a random fraction of the keys
   * @throws IllegalArgumentException in one line, if the history has not the keys that the split
   *     needs
   */
  public static Parts of(Split split, History history, long seed) throws IOException {
    if (split instanceof Split.ByTime byTime) {
      return new Parts(
          Map.of(),
          new Period(byTime.validationFrom().toEpochMilli(), byTime.testFrom().toEpochMilli()));
    }
    if (split instanceof Split.ByKey byKey) {
      return byKey(byKey, history.keys(), seed);
    }
    if (split instanceof Split.ByLast byLast) {
      return byLast(byLast, history);
    }
    if (split instanceof Split.ByShare byShare) {
      return byShare(byShare, history);
    }
    throw new IllegalArgumentException(
        "split: " + split + " (must be by time, key, last or share)");
  }

  private static Parts byKey(Split.ByKey split, List<String> keys, long seed) {
    Set<String> test = split.test().select(keys, seed);
    List<String> others = keys.stream().filter(key -> !test.contains(key)).toList();
    Set<String> validation =
        others.isEmpty() ? Set.of() : split.validation().select(others, seed + 1);
    Require.that(
        test.size() + validation.size() < keys.size(),
        "training.split",
        validation.size() + " validation and " + test.size() + " test keys",
        "fewer than the history's " + keys.size());
    Map<String, Period> ofKeys = new HashMap<>();
    validation.forEach(key -> ofKeys.put(key, ALL_VALIDATE));
    test.forEach(key -> ofKeys.put(key, ALL_TEST));
    return new Parts(ofKeys, ALL_TRAIN);
  }

  private static Parts byLast(Split.ByLast split, History history) throws IOException {
    Map<String, Period> ofKeys = new HashMap<>();
    for (String key : history.keys()) {
      if (split.divides(history.length(key))) {
        ofKeys.put(key, lastOf(history, key, split.validation(), split.test()));
      }
    }
    return new Parts(ofKeys, ALL_TRAIN);
  }

  private static Parts byShare(Split.ByShare split, History history) throws IOException {
    Map<String, Period> ofKeys = new HashMap<>();
    for (String key : history.keys()) {
      int length = history.length(key);
      int test = (int) Math.round(split.test() * length);
      int validation = (int) Math.round(split.validation() * length);
      if (test + validation < length) {
        ofKeys.put(key, lastOf(history, key, validation, test));
      }
    }
    return new Parts(ofKeys, ALL_TRAIN);
  }

  private static Period lastOf(History history, String key, int validation, int test)
      throws IOException {
    long[] times = history.read(key).inputs().stream().mapToLong(each -> each.time()).toArray();
    Arrays.sort(times);
    int first = times.length - test;
    return new Period(from(times, first - validation), from(times, first));
  }

  private static long from(long[] times, int row) {
    return row == times.length ? Long.MAX_VALUE : times[row];
  }

  /** The part to which {@code time} of {@code key} belongs. */
  public Part of(String key, long time) {
    return ofKeys.getOrDefault(key, others).at(time);
  }

  /** Whether {@code time} of {@code key} belongs to the test part. */
  public boolean isTest(String key, long time) {
    return of(key, time) == Part.TEST;
  }

  /** Whether some observation of the key may train: else no scaler need look at it. */
  public boolean mayTrain(String key) {
    return of(key, Long.MIN_VALUE) == Part.TRAINING;
  }

  /** Whether some observation of the key may be tested. */
  public boolean mayTest(String key) {
    return of(key, Long.MAX_VALUE) == Part.TEST;
  }

  /** Whether one time divides the parts, the same for every key. */
  public boolean areByTime() {
    return !others.equals(ALL_TRAIN);
  }
}
