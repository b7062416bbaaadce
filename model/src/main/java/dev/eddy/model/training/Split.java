package dev.eddy.model.training;

import java.time.Instant;

/**
 * Which part of the history trains, which validates (early stopping), which tests; the {@code
 * training.split} block. Scalers, priors, baselines and class lists see the training part only.
 */
public sealed interface Split {

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
  }

  /**
   * By key: whole keys validate or test. A key that both name tests.
   *
   * @param validation the keys that validate
   * @param test the keys that test
   */
  record ByKey(KeySelection validation, KeySelection test) implements Split {}
}
