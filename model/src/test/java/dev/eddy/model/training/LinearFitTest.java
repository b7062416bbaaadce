package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearFitTest {
  @Test
  void findsTheWeightsThoughSomeRowsAreFarOff() {
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
  void staysAtZeroWhereRowsAreFew() {
    LinearFit fit = new LinearFit(1, 100, 1);
    fit.add(new float[] {1, 1});

    assertThat(fit.weights()[0]).isBetween(0.0, 0.2);
  }

  @Test
  void expectsLessOfWeightsThatFollowNoise() {
    SplittableRandom random = new SplittableRandom(2);
    int terms = 20;
    LinearFit fit = new LinearFit(terms, 100, 1);
    for (int row = 0; row < 60; row++) {
      float[] noise = new float[terms + 1];
      for (int term = 0; term < noise.length; term++) {
        noise[term] = 10 * (float) random.nextDouble(-1, 1);
      }
      fit.add(noise);
    }
    double[] weights = fit.weights();
    double seen = 0;
    for (int row = 0; row < fit.count(); row++) {
      seen += Math.abs(fit.residual(row, weights)) / fit.count();
    }

    assertThat(fit.expectedError()).isGreaterThan(1.3 * seen);
  }

  @Test
  void keepsAUniformSampleOfManyRows() {
    LinearFit fit = new LinearFit(1, 1_000, 1);
    for (int row = 0; row < 50_000; row++) {
      fit.add(new float[] {0, row});
    }
    double sum = 0;
    for (int row = 0; row < fit.count(); row++) {
      sum += fit.residual(row, new double[1]) / fit.count();
    }

    assertThat(fit.count()).isEqualTo(1_000);
    assertThat(sum).isCloseTo(25_000, within(2_000.0));
  }
}
