package dev.eddy.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.spec.Calibration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MissQuantilesTest {
  private static final MissQuantiles TABLE =
      new MissQuantiles(
          new Calibration(
              List.of(0.1, 0.5, 0.9), List.of(-1f, 0f, 2f, -3f, -2f, 5f), Optional.empty()));

  @Test
  void reads_each_intervals_scores_between_the_known_levels() {
    assertThat(TABLE.read(0, 0.5)).isZero();
    assertThat(TABLE.read(0, 0.8)).isCloseTo(1.5, within(1e-12));
    assertThat(TABLE.read(1, 0.3)).isCloseTo(-2.5, within(1e-12));
  }

  @Test
  void is_level_from_the_outermost_known_levels_to_zero_and_one() {
    assertThat(TABLE.read(0, 0)).isEqualTo(-1);
    assertThat(TABLE.read(0, 0.05)).isEqualTo(-1);
    assertThat(TABLE.read(0, 0.95)).isEqualTo(2);
    assertThat(TABLE.read(0, 1)).isEqualTo(2);
  }

  @Test
  void grows_beyond_one_so_that_any_coverage_can_be_reached() {
    assertThat(TABLE.read(0, 1.1)).isCloseTo(2 + 2, within(1e-9));
    assertThat(TABLE.read(0, 1.2)).isCloseTo(2 + 2 * 3, within(1e-9));
    assertThat(TABLE.read(0, 2)).isGreaterThan(1000);
  }
}
