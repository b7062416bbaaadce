package dev.eddy.model.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunningDeviationsTest {
  private static final int AT = 3;

  private final double[] statistics = new double[AT + 2 * RunningDeviations.PER_SPAN + 1];
  private final float[] inputs = new float[4];
  private double own = 1;
  private int count;

  @Test
  void is_the_deviation_of_all_values_until_the_span_is_full() {
    RunningDeviations deviations = new RunningDeviations(List.of(4, 16), AT);

    own = 10;
    show(deviations, 1, 4, 2.5, 4.5);

    double deviation = Math.sqrt((4 + 1 + 0.25 + 2.25) / 4); // around their mean, 3
    float expected = (float) (4 * deviation / (deviation + 2) - 2);
    assertThat(inputs[1]).isCloseTo(expected, within(1e-6f));
    assertThat(inputs[2]).isCloseTo(expected, within(1e-6f));
  }

  @Test
  void tells_movement_that_alternates_from_rest() {
    RunningDeviations deviations = new RunningDeviations(List.of(4, 16), AT);

    show(deviations, 7, 7, 7, 7, 7, 7);
    assertThat(inputs).containsExactly(0, -2, -2, 0);

    show(deviations, 7.2, 6.8, 7.2, 6.8, 7.2, 6.8, 7.2, 6.8);
    assertThat(inputs[1]).isBetween(-0.2f, 0.2f); // a fifth of the own deviation
    assertThat(inputs[2]).isLessThan(inputs[1]); // the long span still remembers the rest
  }

  @Test
  void forgets_a_movement_over_its_span() {
    RunningDeviations deviations = new RunningDeviations(List.of(4, 16), AT);
    show(deviations, 0, 3, 0, 3, 0, 3);

    for (int i = 0; i < 30; i++) {
      show(deviations, 1.5);
    }

    assertThat(inputs[1]).isLessThan(-1.5f);
    assertThat(inputs[2]).isGreaterThan(0);
  }

  @Test
  void does_not_see_the_level_of_a_key() {
    float[] low = of(0);
    float[] high = of(1_000_000);

    assertThat(high).usingComparatorWithPrecision(1e-4f).containsExactly(low);
  }

  @Test
  void says_nothing_of_a_keys_first_value() {
    RunningDeviations deviations = new RunningDeviations(List.of(4, 16), AT);

    show(deviations, 12);

    assertThat(inputs).containsExactly(0, 0, 0, 0);
  }

  @Test
  void stays_finite_for_the_greatest_numbers() {
    RunningDeviations deviations = new RunningDeviations(List.of(4, 16), AT);

    own = 1e-6;
    show(deviations, Float.MAX_VALUE, -Float.MAX_VALUE, Float.MAX_VALUE, 0, 1);

    assertThat(inputs[1]).isBetween(1.9f, 2f);
  }

  private float[] of(double level) {
    RunningDeviationsTest key = new RunningDeviationsTest();
    RunningDeviations deviations = new RunningDeviations(List.of(4, 16), AT);
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      key.show(deviations, level + random.nextGaussian());
    }
    return key.inputs;
  }

  private void show(RunningDeviations deviations, double... values) {
    for (double value : values) {
      deviations.learn(value, ++count, statistics);
    }
    deviations.encode(count, own, statistics, inputs, 1);
  }
}
