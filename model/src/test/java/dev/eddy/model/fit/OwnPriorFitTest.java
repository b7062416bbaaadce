package dev.eddy.model.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class OwnPriorFitTest {
  private static final int KEYS = 40;
  private static final int LENGTH = 200;

  @Test
  void keys_at_different_levels_stand_alone() {
    assertThat(prior(KEYS, 100, 1)).isZero();
  }

  @Test
  void keys_that_roam_the_same_range_count_for_little() {
    assertThat(prior(KEYS, 0, 1)).isGreaterThanOrEqualTo(256);
  }

  @Test
  void a_key_counts_as_much_as_its_first_values_tell() {
    assertThat(prior(400, 0.5, 1)).isEqualTo(4); // 1 / 0.5²
  }

  @Test
  void the_level_of_all_keys_does_not_matter() {
    OwnPriorFit fit = new OwnPriorFit();
    OwnPriorFit high = new OwnPriorFit();
    Random random = new Random(1);
    for (int key = 0; key < 400; key++) {
      double level = 0.5 * random.nextGaussian();
      for (int i = 0; i < LENGTH; i++) {
        double value = level + random.nextGaussian();
        fit.add(value);
        high.add(1e9 + value);
      }
      fit.endKey();
      high.endKey();
    }
    assertThat(high.best(1e9)).isEqualTo(fit.best(0));
  }

  @Test
  void too_few_or_too_short_keys_tell_nothing() {
    assertThat(prior(7, 0, 1)).isZero();
    OwnPriorFit fit = new OwnPriorFit();
    for (int key = 0; key < KEYS; key++) {
      fit.add(key % 2);
      fit.endKey();
    }
    assertThat(fit.best(0.5)).isZero();
  }

  private static int prior(int keys, double between, double within) {
    OwnPriorFit fit = new OwnPriorFit();
    Random random = new Random(1);
    for (int key = 0; key < keys; key++) {
      double level = between * random.nextGaussian();
      for (int i = 0; i < LENGTH; i++) {
        fit.add(level + within * random.nextGaussian());
      }
      fit.endKey();
    }
    return fit.best(0);
  }
}
