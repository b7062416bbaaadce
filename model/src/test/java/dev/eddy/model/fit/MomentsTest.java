package dev.eddy.model.fit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class MomentsTest {
  @Test
  void moments_and_samples_are_those_of_the_stream() {
    Moments moments = new Moments();
    Reservoir reservoir = new Reservoir(2000, 1);
    Random random = new Random(2);
    for (int i = 0; i < 20_000; i++) {
      double value = -Math.log(random.nextDouble()); // exponential: mean 1, deviation 1, skew 2
      moments.add(value);
      reservoir.add((float) value);
    }
    assertThat(moments.mean()).isCloseTo(1, within(0.05));
    assertThat(moments.deviation()).isCloseTo(1, within(0.05));
    assertThat(moments.skew()).isCloseTo(2, within(0.3));
    assertThat(reservoir.quantiles(0.5)[0]).isCloseTo(Math.log(2), within(0.08));
    Moments constant = new Moments();
    constant.add(5);
    constant.add(5);
    assertThat(constant.deviation()).isEqualTo(1);
    assertThat(constant.skew()).isZero();
  }
}
