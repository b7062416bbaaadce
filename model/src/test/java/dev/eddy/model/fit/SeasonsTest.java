package dev.eddy.model.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SeasonsTest {
  @Test
  void seasons_follow_from_the_gap_or_the_autocorrelation() {
    assertThat(Seasons.ofGap(Duration.ofHours(1))).contains(List.of(24, 168));
    assertThat(Seasons.ofGap(Duration.ofDays(1))).contains(List.of(7));
    assertThat(Seasons.ofGap(Duration.ofMinutes(5))).isEmpty();
    Random random = new Random(1);
    double[] cycle = new double[400];
    double[] noise = new double[400];
    for (int i = 0; i < cycle.length; i++) {
      noise[i] = random.nextGaussian();
      cycle[i] = (3 * Math.sin(2 * Math.PI * i / 11)) + noise[i];
    }
    cycle[5] = Double.NaN;
    Seasons cyclic = new Seasons();
    cyclic.add(cycle);
    assertThat(cyclic.find().get(0) % 11).isZero();
    Seasons noisy = new Seasons();
    noisy.add(noise);
    assertThat(noisy.find()).isEmpty();
  }
}
