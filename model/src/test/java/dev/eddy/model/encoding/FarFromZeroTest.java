package dev.eddy.model.encoding;

import static dev.eddy.model.encoding.Specs.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A series of 1e9 ± 10 enters a network as ± 10 does. */
class FarFromZeroTest {
  @Test
  void a_unit_by_spread_does_not_mind_where_the_values_lie() {
    EncodedKey near = new EncodedKey(withPrior(new Head.UnitPrior(0.01, 0, true)));
    EncodedKey far = new EncodedKey(withPrior(new Head.UnitPrior(0.01, 0, true)));
    for (int hour = 0; hour < 200; hour++) {
      double value = hour % 2 == 0 ? -5 : 5.25;
      near.observe(at(hour, value, 0, "N"));
      far.observe(at(hour, 1_090_000_000 + value, 0, "N"));
    }

    // 2 % of a spread of 5.125 either way; the season repeats, so there is no change to tell more
    assertThat(near.origin[3]).isCloseTo(0.02 * 5.125, within(1e-3));
    assertThat(far.origin[3]).isCloseTo(near.origin[3], within(1e-9));
  }

  @Test
  void values_far_from_zero_are_scaled_as_doubles() {
    double offset = 1e9;
    EncodedKey near = new EncodedKey(moved(0));
    EncodedKey far = new EncodedKey(moved(offset));
    Random random = new Random(3);
    for (int hour = 0; hour < 50; hour++) {
      double value = 10 + 4 * random.nextGaussian();
      near.observe(at(hour, value, 0, "N"));
      far.observe(at(hour, offset + value, 0, "N"));

      assertThat(far.inputs).usingComparatorWithPrecision(1e-5f).containsExactly(near.inputs);
      for (int horizon = 0; horizon < 3; horizon++) {
        assertThat(far.origin[horizon] - offset).isCloseTo(near.origin[horizon], within(1e-6));
      }
    }
    assertThat(near.inputs[0]).isNotZero();
  }

  /** {@link Specs#hourly()} of temperatures that lie so much higher. */
  private static ModelSpec moved(double offset) {
    ModelSpec spec = withPrior(new Head.UnitPrior(3, 0, true));
    InputEncoding input = spec.input();
    List<InputEncoding.NumericFeature> numeric = new ArrayList<>(input.numeric());
    InputEncoding.NumericFeature first = numeric.get(0);
    numeric.set(
        0,
        new InputEncoding.NumericFeature(
            first.name(),
            first.log1p(),
            first.mean() + offset,
            first.deviation(),
            first.ownPrior()));
    return new ModelSpec(
        spec.network(),
        new InputEncoding(
            numeric,
            input.categorical(),
            input.calendar(),
            input.zone(),
            input.interval(),
            input.typicalGap(),
            input.targets(),
            input.deviationSpans(),
            input.statics(),
            input.future()),
        spec.head());
  }

  private static ModelSpec withPrior(Head.UnitPrior prior) {
    Head.Forecast head = Specs.forecast();
    return Specs.of(
        Specs.hourly().input(),
        new Head.Forecast(head.horizons(), head.quantiles(), List.of(Specs.temperature(prior))));
  }
}
