package dev.eddy.model.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearFitTest {
  @Test
  void finds_the_weights_though_some_rows_are_far_off() {
    SplittableRandom random = new SplittableRandom(1);
    LinearFit fit = new LinearFit(2, 10_000, 1);
    for (int row = 0; row < 4_000; row++) {
      float a = (float) random.nextDouble(-1, 1);
      float b = (float) random.nextDouble(-1, 1);
      float noise = row % 10 == 0 ? 100 : (float) random.nextDouble(-0.1, 0.1);
      fit.add(new float[] {a, b, 0.7f * a - 0.3f * b + noise});
    }

    assertThat(fit.weights()[0]).isCloseTo(0.7, within(0.02));
    assertThat(fit.weights()[1]).isCloseTo(-0.3, within(0.02));
  }

  @Test
  void stays_at_zero_where_rows_are_few() {
    LinearFit fit = new LinearFit(1, 100, 1);
    fit.add(new float[] {1, 1});

    assertThat(fit.weights()[0]).isBetween(0.0, 0.2);
  }

  @Test
  void judges_each_half_by_the_weights_of_the_other() {
    LinearFit fit = new LinearFit(1, 10_000, 1);
    for (int row = 0; row < 4_000; row++) {
      float x = row % 2 == 0 ? 1 : -1;
      fit.add(new float[] {x, row < 2_000 ? x : -x}); // what held at first no longer does
    }

    double[] residuals = fit.unseenResiduals();

    assertThat(residuals).hasSize(4_000);
    assertThat(meanSize(residuals)).isCloseTo(2, within(0.1));
  }

  @Test
  void keeps_a_uniform_sample_of_many_rows_with_their_order() {
    LinearFit fit = new LinearFit(1, 1_000, 1);
    for (int row = 0; row < 50_000; row++) {
      float x = row % 2 == 0 ? 1 : -1;
      fit.add(new float[] {x, row < 25_000 ? x : -x});
    }

    assertThat(fit.count()).isEqualTo(1_000);
    assertThat(meanSize(fit.unseenResiduals())).isCloseTo(2, within(0.15));
  }

  private static double meanSize(double[] residuals) {
    return Arrays.stream(residuals).map(Math::abs).average().orElseThrow();
  }
}
