package dev.eddy.model.inference;

import static dev.eddy.model.encoding.Specs.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.encoding.EncodedKey;
import dev.eddy.model.encoding.Specs;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Several targets of a key are remembered and forecast each as if it were the only one. */
class SeveralTargetsTest {
  private static final int FEATURES = 2 * 3; // global score, own score, missing
  private static final int OF_TEMPERATURE =
      4; // last and seasonal difference, two seasonal baselines
  private static final int OF_RAIN = 4;
  private static final int ORIGIN = 4; // three horizons and a unit
  private static final double NAN = Double.NaN;

  private final EncodedKey both = new EncodedKey(Specs.twoTargets());
  private final EncodedKey temperature = new EncodedKey(Specs.hourly());
  private final EncodedKey rain = new EncodedKey(Specs.rainAlone());

  @Test
  void each_has_the_inputs_and_the_origin_that_it_has_alone() {
    Random random = new Random(1);
    for (int hour = 0; hour < 50; hour++) {
      double rainy = random.nextInt(4) == 0 ? NAN : 3 * random.nextDouble();
      double warm = random.nextInt(4) == 0 ? NAN : 10 + random.nextGaussian();
      observe(at(hour + (hour > 30 ? 5 : 0), warm, rainy, "N"));

      assertThat(part(both.inputs, 0, FEATURES + OF_TEMPERATURE))
          .isEqualTo(part(temperature.inputs, 0, FEATURES + OF_TEMPERATURE));
      assertThat(part(both.inputs, FEATURES + OF_TEMPERATURE, OF_RAIN))
          .isEqualTo(part(rain.inputs, FEATURES, OF_RAIN));
      assertThat(part(both.origin, 0, ORIGIN)).isEqualTo(temperature.origin);
      assertThat(part(both.origin, ORIGIN, ORIGIN)).isEqualTo(rain.origin);
    }
  }

  @Test
  void one_may_be_observed_and_the_other_not() {
    observe(at(0, 12, 2, "N"));
    observe(at(1, NAN, 3, "N"));

    assertThat(both.encoder.meanMagnitude(0, both.memory)).isEqualTo(12);
    assertThat(both.encoder.meanMagnitude(1, both.memory)).isEqualTo(2.5);
    assertThat(both.origin[0]).isEqualTo(12); // the last temperature
    assertThat(both.origin[ORIGIN]).isEqualTo(3); // the last rain
  }

  @Test
  void quantiles_of_each_lie_in_a_block_of_their_own() {
    observe(at(0, 12, 2, "N"));
    ModelSpec spec = Specs.twoTargets();
    float[] outputs = new float[spec.head().outputSize()];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = (i * 7 % 5) - 2; // out of order, so that sorting shows
    }
    double[] decoded = new double[outputs.length];
    new PredictionHead(spec.head()).decode(outputs, 0, both.origin, 0, decoded);

    int half = outputs.length / 2;
    assertThat(part(decoded, 0, half))
        .isEqualTo(alone(Specs.hourly(), part(outputs, 0, half), temperature.origin));
    assertThat(part(decoded, half, half))
        .isEqualTo(alone(Specs.rainAlone(), part(outputs, half, half), rain.origin));
  }

  private static double[] alone(ModelSpec spec, float[] outputs, double[] origin) {
    double[] decoded = new double[outputs.length];
    new PredictionHead(spec.head()).decode(outputs, 0, origin, 0, decoded);
    return decoded;
  }

  private void observe(RawInput input) {
    both.observe(input);
    temperature.observe(input);
    rain.observe(input);
  }

  private static double[] part(double[] values, int from, int length) {
    return Arrays.copyOfRange(values, from, from + length);
  }

  private static float[] part(float[] values, int from, int length) {
    return Arrays.copyOfRange(values, from, from + length);
  }
}
