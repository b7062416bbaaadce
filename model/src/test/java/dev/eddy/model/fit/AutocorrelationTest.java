package dev.eddy.model.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AutocorrelationTest {
  @Test
  void is_the_mean_product_over_the_mean_square() {
    Random random = new Random(1);
    double[] values = new double[301];
    Arrays.setAll(values, i -> Math.sin(i / 3.0) + random.nextGaussian());
    check(values);
    Arrays.setAll(values, i -> random.nextInt(3) == 0 ? Double.NaN : values[i]);
    check(values);
  }

  @Test
  void is_zero_where_nothing_is_known() {
    assertThat(Autocorrelation.of(new double[] {0, 0, 0}, 2).correlations())
        .containsExactly(0, 0, 0);
    assertThat(Autocorrelation.of(new double[] {Double.NaN, 1}, 1).correlations()[1]).isZero();
    assertThat(Autocorrelation.of(new double[0], 1).correlations()).containsExactly(0, 0);
  }

  private static void check(double[] values) {
    double[] found = Autocorrelation.of(values, 300).correlations();
    double square = product(values, 0);
    for (int lag = 0; lag <= 300; lag++) {
      assertThat(found[lag]).isCloseTo(product(values, lag) / square, within(1e-9));
    }
  }

  private static double product(double[] values, int lag) {
    double sum = 0;
    int pairs = 0;
    for (int i = lag; i < values.length; i++) {
      double product = values[i] * values[i - lag];
      if (!Double.isNaN(product)) {
        sum += product;
        pairs++;
      }
    }
    return pairs == 0 ? 0 : sum / pairs;
  }
}
