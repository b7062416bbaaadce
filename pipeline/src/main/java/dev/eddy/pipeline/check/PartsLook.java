package dev.eddy.pipeline.check;

import dev.eddy.model.settings.Split;
import dev.eddy.pipeline.deployment.Deployment;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the split leaves of the files in each part.
 *
 * @param deployment whose split it is
 * @param look at the files
 */
record PartsLook(Deployment deployment, FileLook look) implements Question {
  /** Rows of one key, or of all. */
  private record Rows(long training, long validation, long test) {
    Rows plus(Rows other) {
      return new Rows(training + other.training, validation + other.validation, test + other.test);
    }
  }

  @Override
  public void ask(Findings findings) {
    Split split = deployment.training().split();
    Rows all = new Rows(0, 0, 0);
    int untested = 0;
    Set<String> testKeys = keys(split, true);
    Set<String> validationKeys = keys(split, false);
    for (String key : look.keys()) {
      Rows rows = rows(split, key, testKeys, validationKeys);
      all = all.plus(rows);
      untested += rows.test == 0 ? 1 : 0;
    }
    say(all, untested, split, findings);
  }

  private void say(Rows all, int untested, Split split, Findings findings) {
    String parts =
        all.training + " rows train, " + all.validation + " validate, " + all.test + " test";
    if (all.training == 0) {
      findings.wrong("training.split: " + parts + " (must leave rows to train)");
    } else if (all.validation == 0 && split.validationAsked().isPresent()) {
      findings.wrong(
          "training.split: "
              + split.validationAsked().get()
              + ": "
              + parts
              + " (must leave rows to validate; the last row is of "
              + look.last()
              + ")");
    } else if (all.test == 0 && asksForTest(split)) {
      findings.wrong(
          "training.split: "
              + parts
              + " (must leave rows to test; the last row is of "
              + look.last()
              + ")");
    } else {
      findings.fine("split: " + parts);
    }
    if (all.test > 0 && untested > 0 && !(split instanceof Split.ByKey)) {
      findings.note(
          "training.split: "
              + untested
              + " of "
              + look.keys().size()
              + " keys have no test part ({by: share} divides each key)");
    }
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
