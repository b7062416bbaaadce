package dev.eddy.model.settings;

import dev.eddy.settings.Require;
import java.time.Instant;

/**
 * Which part of the history trains, which validates (early stopping), which tests; the {@code
 * training.split} block. Scalers, priors, baselines and class lists see the training part only.
 */
public sealed interface Split permits Split.ByTime, Split.ByKey, Split.ByLast {

  /**
   * By time, the same for every key. A forecast belongs to the period of its target's time, a class
   * to that of its own observation.
   *
   * @param validationFrom where the training part ends and the validation part begins
   * @param testFrom where the validation part ends and the test part begins; not before {@code
   *     validationFrom} (equal: no validation part, and so no early stopping)
   */
  record ByTime(Instant validationFrom, Instant testFrom) implements Split {
    public ByTime {
      Require.that(
          !testFrom.isBefore(validationFrom),
          "training.split.test-from",
          testFrom,
          "no earlier than validation-from, " + validationFrom);
    }

    @Override
    public Split withoutTest() {
      return this; // nothing of the history is as late
    }
  }

  /**
   * By key: whole keys validate or test. A key that both name tests.
   *
   * @param validation the keys that validate
   * @param test the keys that test
   */
  record ByKey(KeySelection validation, KeySelection test) implements Split {
    public ByKey {
      if (validation instanceof KeySelection.Fraction some
          && test instanceof KeySelection.Fraction others) {
        double both = some.fraction() + others.fraction();
        Require.that(both < 1, "training.split: validation + test", both, "below 1");
      }
    }

    @Override
    public Split withoutTest() {
      return new ByKey(validation, KeySelection.none());
    }
  }

  /**
   * By the last observations of each key, by event time: for many series that have no times in
   * common. A key with no more than {@code validation + test} observations trains whole. Several
   * observations at the time where a part begins belong to it together.
   *
   * @param validation how many of each key's observations before the test part validate; 0 for no
   *     early stopping
   * @param test how many of each key's last observations test
   */
  record ByLast(int validation, int test) implements Split {
    public ByLast {
      Require.atLeast(0, "training.split.validation", validation);
      Require.atLeast(0, "training.split.test", test);
    }

    /** Whether a key of that many observations has parts, or else trains whole. */
    public boolean divides(int observations) {
      return observations > (long) validation + test;
    }

    @Override
    public Split withoutTest() {
      return new ByLast(validation, 0);
    }
  }

  /** The split of a history that lacks its test part. */
  Split withoutTest();
}
