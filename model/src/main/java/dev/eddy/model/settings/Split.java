package dev.eddy.model.settings;

import dev.eddy.settings.Block;
import dev.eddy.settings.Require;
import dev.eddy.settings.Setting;
import dev.eddy.settings.Settings;
import java.time.Instant;
import java.util.Optional;

/**
 * Which part of the history trains, which validates (early stopping), which tests; the {@code
 * training.split} block. Scalers, priors, baselines and class lists see the training part only.
 */
public sealed interface Split permits Split.ByTime, Split.ByKey, Split.ByLast, Split.ByShare {

  /**
   * By time, the same for every key. A forecast belongs to the period of its target's time, a class
   * to that of its own observation.
   */
  @Block(value = "training.split", about = "By time, the same for every key")
  record ByTime(
      @Setting(about = "where the training part ends and the validation part begins")
          Instant validationFrom,
      @Setting(
              about =
                  "where the validation part ends and the test part begins; the same as"
                      + " `validation-from` for no validation part and no early stopping")
          Instant testFrom)
      implements Split {
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

    @Override
    public Optional<String> validationAsked() {
      return validationFrom.equals(testFrom)
          ? Optional.empty()
          : Optional.of("validation-from: " + validationFrom + ", test-from: " + testFrom);
    }
  }

  /** By key: whole keys validate or test. A key that both name tests. */
  @Block(
      value = "training.split",
      about = "By key: whole keys validate or test; a key named by both tests")
  record ByKey(
      @Setting(about = "the keys that validate") KeySelection validation,
      @Setting(about = "the keys that test") KeySelection test)
      implements Split {
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

    @Override
    public Optional<String> validationAsked() {
      return validation.equals(KeySelection.none())
          ? Optional.empty()
          : Optional.of("validation: " + validation);
    }
  }

  /**
   * By the last observations of each key, by event time: for many series that have no times in
   * common. A key with no more than {@code validation + test} observations trains whole. Several
   * observations at the time where a part begins belong to it together.
   */
  @Block(
      value = "training.split",
      about =
          "By the last observations of each key, for series that have no times in common; a key"
              + " with no more than both parts trains whole")
  record ByLast(
      @Setting(
              about =
                  "how many of each key's observations before the test part validate; 0 for no"
                      + " early stopping",
              unit = "observations",
              least = "0",
              most = "1000000000")
          int validation,
      @Setting(
              about = "how many of each key's last observations test",
              unit = "observations",
              least = "0",
              most = "1000000000")
          int test)
      implements Split {
    public ByLast {
      Settings.check(ByLast.class, validation, test);
    }

    /** Whether a key of that many observations has parts, or else trains whole. */
    public boolean divides(int observations) {
      return observations > (long) validation + test;
    }

    @Override
    public Split withoutTest() {
      return new ByLast(validation, 0);
    }

    @Override
    public Optional<String> validationAsked() {
      return validation == 0 ? Optional.empty() : Optional.of("validation: " + validation);
    }
  }

  /**
   * By a share of each key's observations, the last ones by event time: each key has all parts,
   * however long it is and whenever it was.
   */
  @Block(
      value = "training.split",
      about =
          "By a share of each key's observations, the last ones by event time, so that every key has"
              + " all parts")
  record ByShare(
      @Setting(
              about =
                  "the share of each key's observations before the test part that validates; 0 for"
                      + " no early stopping",
              least = "0",
              below = "1")
          double validation,
      @Setting(
              about = "the share of each key's last observations that tests",
              least = "0",
              below = "1")
          double test)
      implements Split {
    public ByShare {
      Settings.check(ByShare.class, validation, test);
      Require.that(
          validation + test < 1, "training.split: validation + test", validation + test, "below 1");
    }

    @Override
    public Split withoutTest() {
      // The same observations validate as before, which are now the last ones.
      return new ByShare(validation / (1 - test), 0);
    }

    @Override
    public Optional<String> validationAsked() {
      return validation == 0 ? Optional.empty() : Optional.of("validation: " + validation);
    }
  }

  /** The split of a history that lacks its test part. */
  Split withoutTest();

  /**
   * What asks for a validation part, as in {@code validation: 30}; empty where none is asked for,
   * and training shall do without early stopping.
   */
  Optional<String> validationAsked();
}
