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
    float[] cycle = new float[400];
    float[] noise = new float[400];
    for (int i = 0; i < cycle.length; i++) {
      noise[i] = (float) random.nextGaussian();
      cycle[i] = (float) (3 * Math.sin(2 * Math.PI * i / 11)) + noise[i];
    }
    cycle[5] = Float.NaN;
    Seasons cyclic = new Seasons();
    cyclic.add(cycle);
    assertThat(cyclic.find().get(0) % 11).isZero();
    Seasons noisy = new Seasons();
    noisy.add(noise);
    assertThat(noisy.find()).isEmpty();
  }
}
