package dev.eddy.model.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineScheduleTest {
  @Test
  void the_learning_rate_falls_along_half_a_cosine() {
    CosineSchedule schedule = new CosineSchedule(0.4, 100);
    assertThat(schedule.valueAt(0, 0)).isEqualTo(0.4);
    assertThat(schedule.valueAt(50, 0)).isCloseTo(0.2, within(1e-12));
    assertThat(schedule.valueAt(100, 0)).isCloseTo(0, within(1e-12));
    assertThat(schedule.valueAt(200, 0)).isCloseTo(0, within(1e-12));
  }
}
