package dev.eddy.pipeline.rows;

import dev.eddy.model.settings.Split;
import dev.eddy.pipeline.deployment.Deployment;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the split leaves of the files in each part.
 *
 * @param deployment whose split it is
 * @param look at the files
 * @param rows of each key
 */
public record PartsLook(Deployment deployment, FileLook look, Map<String, Rows> rows) {
  /** Rows of one key, or of all. */
  public record Rows(long training, long validation, long test) {
    Rows plus(Rows other) {
      return new Rows(training + other.training, validation + other.validation, test + other.test);
    }
  }

  /** Divides the keys' rows. */
  public static PartsLook of(Deployment deployment, FileLook look) {
    PartsLook parts = new PartsLook(deployment, look, new LinkedHashMap<>());
    Split split = deployment.training().split();
    Set<String> testKeys = parts.keys(split, true);
    Set<String> validationKeys = parts.keys(split, false);
    for (String key : look.keys()) {
      parts.rows.put(key, parts.rows(split, key, testKeys, validationKeys));
    }
    return parts;
  }

  /** Of all keys together. */
  public Rows all() {
    return rows.values().stream().reduce(new Rows(0, 0, 0), Rows::plus);
  }

  /** Keys of which nothing tests. */
  public long untested() {
    return rows.values().stream().filter(each -> each.test == 0).count();
  }

  /** Of one key. */
  Rows of(String key) {
    return rows.getOrDefault(key, new Rows(0, 0, 0));
  }

  /** Whether the split means to leave rows to test. */
  public boolean asksForTest() {
    return asksForTest(deployment.training().split());
  }

  private static boolean asksForTest(Split split) {
    return split instanceof Split.ByTime byTime
        ? byTime.testFrom().isBefore(Instant.parse("9999-01-01T00:00:00Z"))
        : !split.equals(split.withoutTest());
  }

  private Set<String> keys(Split split, boolean test) {
    if (!(split instanceof Split.ByKey byKey)) {
      return Set.of();
    }
    long seed = deployment.training().seed();
    Set<String> tests = byKey.test().select(look.keys(), seed);
    List<String> others = look.keys().stream().filter(key -> !tests.contains(key)).toList();
    return test || others.isEmpty()
        ? tests
        : new HashSet<>(byKey.validation().select(others, seed + 1));
  }

  private Rows rows(Split split, String key, Set<String> testKeys, Set<String> validationKeys) {
    long[] times = look.times(key);
    if (split instanceof Split.ByTime byTime) {
      long test = from(times, byTime.testFrom());
      long validation = from(times, byTime.validationFrom()) - test;
      return new Rows(times.length - validation - test, validation, test);
    }
    if (split instanceof Split.ByKey) {
      return testKeys.contains(key)
          ? new Rows(0, 0, times.length)
          : validationKeys.contains(key)
              ? new Rows(0, times.length, 0)
              : new Rows(times.length, 0, 0);
    }
    long validation = 0;
    long test = 0;
    if (split instanceof Split.ByLast byLast && byLast.divides(times.length)) {
      validation = byLast.validation();
      test = byLast.test();
    } else if (split instanceof Split.ByShare byShare) {
      validation = Math.round(byShare.validation() * times.length);
      test = Math.round(byShare.test() * times.length);
    }
    return new Rows(times.length - validation - test, validation, test);
  }

  private static long from(long[] times, Instant begin) {
    long from = begin.toEpochMilli();
    long count = 0;
    for (int i = times.length - 1; i >= 0 && times[i] >= from; i--) {
      count++;
    }
    return count;
  }
}
