package dev.eddy.model.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.spec.Head.UnitPrior;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class UnitPriorFitTest {
  private static final Offset<Double> EXACTLY = within(1e-9);
  private final UnitPriorFit fit = new UnitPriorFit();

  @Test
  void keys_that_change_alike_share_one_unit() {
    fit.add(2, 1);
    fit.add(8, 300);

    assertThat(fit.fit().constant()).isCloseTo(4, EXACTLY);
    assertThat(fit.fit().perMagnitude()).isZero();
  }

  @Test
  void keys_that_change_in_proportion_share_one_ratio() {
    fit.add(1, 10);
    fit.add(1000, 10_000);

    assertThat(fit.fit().constant()).isZero();
    assertThat(fit.fit().perMagnitude()).isCloseTo(0.1, EXACTLY);
  }

  @Test
  void a_single_key_is_taken_at_its_word() {
    fit.add(3, 100);

    assertThat(fit.fit().constant()).isCloseTo(3, EXACTLY);
  }

  @Test
  void keys_that_never_changed_tell_nothing_and_leave_the_unit_to_the_magnitude() {
    fit.add(0, 7);
    fit.add(Double.NaN, 0);

    assertThat(fit.fit()).isEqualTo(new UnitPrior(0, 0));
  }
}
