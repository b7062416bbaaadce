package dev.eddy.model.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.eddy.model.inference.Bits;
import dev.eddy.model.inference.Finite;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;

/** What an encoding may depend on: this observation, the key's earlier ones, nothing else. */
class InputCausalityTest {
  private static final int LENGTH = 40;
  private static final List<ModelSpec> SPECS =
      List.of(Specs.hourly(), Specs.irregular(), Specs.twoTargets(), Specs.moving());

  @Property(tries = 60)
  void no_future_value_changes_an_earlier_encoding(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = LENGTH - 1) int cut) {
    for (ModelSpec spec : SPECS) {
      List<RawInput> series = series(new Random(seed));
      List<RawInput> other = new ArrayList<>(series.subList(0, cut + 1));
      for (RawInput later : series(new Random(~seed)).subList(cut + 1, LENGTH)) {
        long moved = later.time() + series.get(cut).time();
        other.add(new RawInput(moved, later.numeric(), later.categories()));
      }

      assertThat(Bits.of(encode(spec, other)).subList(0, cut + 1))
          .isEqualTo(Bits.of(encode(spec, series)).subList(0, cut + 1));
    }
  }

  @Property(tries = 60)
  void a_state_saved_and_restored_goes_on_as_if_nothing_had_happened(
      @ForAll long seed, @ForAll @IntRange(min = 0, max = LENGTH - 1) int cut) {
    for (ModelSpec spec : SPECS) {
      List<RawInput> series = series(new Random(seed));
      EncodedKey before = new EncodedKey(spec);
      series.subList(0, cut).forEach(before::observe);
      EncodedKey after = new EncodedKey(spec, before.memory.copy());
      List<double[]> resumed = new ArrayList<>();
      series.subList(cut, LENGTH).forEach(input -> resumed.add(encoded(after, input)));

      assertThat(Bits.of(resumed)).isEqualTo(Bits.of(encode(spec, series)).subList(cut, LENGTH));
    }
  }

  @Property(tries = 60)
  void every_encoding_is_finite(@ForAll long seed) {
    for (ModelSpec spec : SPECS) {
      for (double[] numbers : encode(spec, series(new Random(seed)))) {
        assertThat(Finite.all(numbers, 0, numbers.length)).isTrue();
        assertThat(spec.input().targets().isEmpty() || numbers[numbers.length - 1] > 0).isTrue();
      }
    }
  }

  private static List<double[]> encode(ModelSpec spec, List<RawInput> series) {
    EncodedKey key = new EncodedKey(spec);
    List<double[]> encodings = new ArrayList<>();
    series.forEach(input -> encodings.add(encoded(key, input)));
    return encodings;
  }

  private static double[] encoded(EncodedKey key, RawInput input) {
    key.observe(input);
    double[] all = new double[key.inputs.length + key.origin.length];
    Arrays.setAll(all, at -> at < key.inputs.length ? key.inputs[at] : 0);
    System.arraycopy(key.origin, 0, all, key.inputs.length, key.origin.length);
    return all;
  }

  /** Irregular times, equal times, long gaps, missing and huge values. */
  private static List<RawInput> series(Random random) {
    List<RawInput> series = new ArrayList<>();
    long time = random.nextInt(1_000_000_000);
    for (int index = 0; index < LENGTH; index++) {
      time +=
          switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> random.nextInt((int) Specs.HOUR);
            case 2 -> random.nextInt(100) * Specs.HOUR;
            default -> Specs.HOUR;
          };
      double temperature = random.nextInt(4) == 0 ? Double.NaN : (15 * random.nextGaussian());
      double rain = random.nextInt(10) == 0 ? 1e38 : random.nextDouble();
      @Nullable String[] winds = {"N", "E", "W", null};
      series.add(
          new RawInput(
              time,
              new double[] {temperature, rain},
              new @Nullable String[] {winds[random.nextInt(4)]}));
    }
    return series;
  }
}
