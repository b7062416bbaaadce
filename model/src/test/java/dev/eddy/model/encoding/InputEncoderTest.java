package dev.eddy.model.encoding;

import static dev.eddy.model.encoding.Specs.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.spec.CellType;
import dev.eddy.model.spec.Encodings;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.NetworkShape;
import dev.eddy.model.spec.RawInput;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class InputEncoderTest {
  private static final double NAN = Double.NaN;

  @Test
  void encodes_the_first_observation_without_knowing_anything_of_the_key() {
    EncodedKey key = new EncodedKey(Specs.hourly()).observe(at(0, 12, 0, "N"));

    assertThat(key.inputs)
        .containsExactly(
            1, 0, 0, // (12 - 10) / 2; its own mean; observed
            -1, 0, 0, // (log1p(0) - 0.5) / 0.5
            0, 0, // no difference known
            0, 0, // the baselines with a season are the last value too
            0, 1, 0, // N
            0, 1, // midnight
            0); // no gap known
    assertThat(key.origin).containsExactly(12, 12, 12, 3);
  }

  @Test
  void encodes_later_observations_by_what_the_key_has_shown() {
    EncodedKey key = new EncodedKey(Specs.hourly()).observe(at(0, 12, 0, "N"));

    key.observe(at(1, 16, NAN, "elsewhere"));
    // own mean 14, deviation 2; rain filled; 4 up in units of 3; the baseline of horizon 3 is 2
    // below
    // the last value; unknown wind; one hour
    assertThat(key.inputs)
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(
            3, 1, 0, -1, 0, 1, 4 / 3f, 0, 0, -2 / 3f, 0, 0, 1, 0.25881904f, 0.9659258f, 0);
    // last; the current phase; mean of 16 and of 12 one season before the horizon
    assertThat(key.origin).containsExactly(16, 16, 14, 3);

    key.observe(at(2, NAN, NAN, null));
    // filled with 16: no last difference, but 4 above the season before, which is horizon 2's
    // baseline
    assertThat(key.inputs)
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(3, 1, 1, -1, 0, 1, 0, 4 / 3f, -4 / 3f, 0, 0, 0, 1, 0.5f, 0.8660254f, 0);
    assertThat(key.origin).containsExactly(16, 12, 16, 3);

    key.observe(at(3, 10, 0, "E"));
    // |10 - 16| is the first seasonal change: unit (10 * 3 + 6) / 11
    assertThat(key.inputs[6]).isCloseTo(-6 / (36 / 11f), within(1e-6f));
    assertThat(key.inputs[7]).isCloseTo(-6 / (36 / 11f), within(1e-6f));
    assertThat(key.origin)
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(10, 10, 11, 36 / 11.0);
  }

  @Test
  void unobserved_targets_change_no_scaler_ring_or_unit() {
    EncodedKey key = new EncodedKey(Specs.hourly());
    key.observe(at(0, 12, 1, "N")).observe(at(1, 16, 1, "N")).observe(at(2, 14, 1, "N"));
    double[] before = key.memory.statistics().clone();

    key.observe(at(3, NAN, 1, "N"));

    MemoryLayout layout = MemoryLayout.of(key.encoder.spec().input());
    for (int index = 0; index < 3; index++) {
      assertThat(key.memory.statistics()[layout.feature(0) + index])
          .isEqualTo(before[layout.feature(0) + index]);
    }
    for (int index = MemoryLayout.TARGETS; index <= MemoryLayout.DIFFERENCE; index++) {
      assertThat(key.memory.statistics()[layout.target(0) + index])
          .isEqualTo(before[layout.target(0) + index]);
    }
    assertThat(key.memory.values()[layout.ring(0, 0)]).isEqualTo(14);
    assertThat(key.memory.values()[layout.ring(0, 0) + 1]).isEqualTo(16);
  }

  @Test
  void gaps_do_not_shift_the_season() {
    EncodedKey key = new EncodedKey(Specs.hourly());
    key.observe(at(0.5, 12, 0, "N")).observe(at(1.5, 16, 0, "N"));

    key.observe(at(6.6, 13, 0, "N")); // six hours later and a little late: phase 0 again

    assertThat(key.inputs[7]).isCloseTo(1 / (31 / 11f), within(1e-6f));
    assertThat(key.origin[1]).isEqualTo(13);
    key.observe(at(7.4, 14, 0, "N"));
    assertThat(key.origin[1]).isEqualTo(14);
    assertThat(key.origin[2]).isEqualTo((14 + 13) / 2f);
  }

  @Test
  void observations_within_one_interval_see_the_season_before_not_each_other() {
    EncodedKey key = new EncodedKey(Specs.hourly());
    key.observe(at(0, 12, 0, "N")).observe(at(1, 16, 0, "N")).observe(at(2, 15, 0, "N"));

    key.observe(at(2.25, 18, 0, "N"));

    // |15 - 12| and |18 - 12|, not |18 - 15|
    assertThat(key.origin[3]).isCloseTo((30 + 3 + 6) / 12.0, within(1e-6));
    assertThat(key.inputs[7]).isCloseTo(6 / (39 / 12f), within(1e-6f));
  }

  @Test
  void without_an_interval_seasons_count_observations() {
    EncodedKey key = new EncodedKey(Specs.irregular());
    key.observe(at(0, 12, 0, "N")).observe(at(50, 16, 0, "N"));

    key.observe(at(50, 14, 0, "N"));

    assertThat(key.origin)
        .usingComparatorWithPrecision(1e-6)
        .containsExactly(14, 14, 15, 32 / 11.0);
  }

  @Test
  void time_since_the_last_observation_is_logarithmic_and_clipped() {
    EncodedKey key = new EncodedKey(Specs.irregular()).observe(at(0, 12, 0, "N"));
    int gap = key.inputs.length - 1;

    assertThat(key.observe(at(2, 12, 0, "N")).inputs[gap])
        .isCloseTo((float) Math.log(2.01 / 1.01), within(1e-6f));
    assertThat(key.observe(at(2, 12, 0, "N")).inputs[gap])
        .isCloseTo((float) Math.log(0.01 / 1.01), within(1e-6f));
    assertThat(key.observe(at(100_000, 12, 0, "N")).inputs[gap]).isEqualTo(5);
  }

  @Test
  void a_key_without_any_target_is_forecast_by_the_global_mean() {
    EncodedKey key = new EncodedKey(Specs.hourly()).observe(at(0, NAN, NAN, null));

    assertThat(key.origin).containsExactly(10, 10, 10, 3);
    assertThat(key.inputs).containsExactly(0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0);
  }

  @Test
  void a_constant_series_stays_finite_and_its_unit_above_zero() {
    EncodedKey key = new EncodedKey(withPrior(new Head.UnitPrior(0, 0)));
    for (int hour = 0; hour < 100; hour++) {
      key.observe(at(hour, 0, 0, "N"));
      for (float input : key.inputs) {
        assertThat(input).isFinite();
      }
      assertThat(key.origin[3]).isPositive();
    }
    assertThat(key.inputs[1]).isZero();
  }

  @Test
  void the_unit_never_falls_below_two_percent_of_the_keys_magnitude() {
    EncodedKey key = new EncodedKey(withPrior(new Head.UnitPrior(0, 0)));
    key.observe(at(0, -200, 0, "N")).observe(at(1, -200, 0, "N")).observe(at(2, -200, 0, "N"));

    assertThat(key.origin[3]).isEqualTo(4);
  }

  @Test
  void the_prior_may_follow_the_keys_magnitude() {
    EncodedKey key = new EncodedKey(withPrior(new Head.UnitPrior(0, 0.25)));

    assertThat(key.observe(at(0, 800, 0, "N")).origin[3]).isEqualTo(200);
  }

  @Test
  void tells_what_the_prior_is_fitted_from() {
    EncodedKey key = new EncodedKey(Specs.hourly()).observe(at(0, 12, 0, "N"));
    assertThat(key.encoder.meanChange(0, key.memory)).isNaN();

    key.observe(at(1, -16, 0, "N")).observe(at(2, 15, 0, "N")).observe(at(3, -9, 0, "N"));

    assertThat(key.encoder.meanChange(0, key.memory)).isEqualTo((3 + 7) / 2.0);
    assertThat(key.encoder.meanMagnitude(0, key.memory)).isEqualTo((12 + 16 + 15 + 9) / 4.0);
  }

  @Test
  void scores_are_clipped_to_five() {
    EncodedKey key = new EncodedKey(Specs.hourly()).observe(at(0, 1e30, 0, "N"));

    assertThat(key.inputs[0]).isEqualTo(5);
    key.observe(at(1, -1e30, 0, "N"));
    assertThat(key.inputs[0]).isEqualTo(-5);
    assertThat(key.inputs[6]).isBetween(-5f, 0f);
  }

  @Test
  void negative_values_of_a_logarithmic_feature_count_as_zero() {
    EncodedKey key = new EncodedKey(Specs.hourly()).observe(at(0, 10, -7, "N"));

    assertThat(key.inputs[3]).isEqualTo(-1);
  }

  @Test
  void writes_at_the_given_offsets_and_nowhere_else() {
    InputEncoder encoder = new InputEncoder(Specs.hourly());
    float[] inputs = new float[encoder.inputSize() + 4];
    double[] origin = new double[encoder.originSize() + 4];
    Arrays.fill(inputs, 77);
    Arrays.fill(origin, 77);

    encoder.encode(at(0, 12, 0, "N"), encoder.fresh(), inputs, 2, origin, 2);

    assertThat(inputs[1]).isEqualTo(77);
    assertThat(inputs[2]).isEqualTo(1);
    assertThat(inputs[inputs.length - 2]).isEqualTo(77);
    assertThat(origin[1]).isEqualTo(77);
    assertThat(origin[2]).isEqualTo(12);
    assertThat(origin[origin.length - 2]).isEqualTo(77);
  }

  @Test
  void refuses_a_network_of_other_inputs() {
    ModelSpec wrong =
        new ModelSpec(
            new NetworkShape(CellType.SRU, 5, 4, 1, 9), Specs.hourly().input(), Specs.forecast());

    assertThatThrownBy(() -> new InputEncoder(wrong))
        .hasMessage("network.inputSize: 5 (must be 16, which the input encoding makes)");
  }

  @Test
  void a_classifier_has_neither_origin_nor_target() {
    InputEncoding encoding =
        Encodings.of(
            List.of(new InputEncoding.NumericFeature("x", false, 0, 1, 0)),
            List.of(),
            List.of(),
            ZoneId.of("UTC"),
            Optional.empty(),
            Duration.ofSeconds(1),
            List.of(),
            List.of(2, 4));
    EncodedKey key = new EncodedKey(Specs.of(encoding, new Head.Classes(List.of("a", "b"))));

    key.observe(new RawInput(0, new double[] {2}, new String[0]));

    assertThat(key.inputs).containsExactly(2, 0, 0, 0, 0, 0);
    key.observe(new RawInput(1000, new double[] {2.4}, new String[0]));
    key.observe(new RawInput(2000, new double[] {NAN}, new String[0]));
    float moving = 4 / 1.2f - 2; // as much as ever
    assertThat(key.inputs)
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(2.4f, 1, 1, moving, moving, 0);
    assertThat(key.origin).isEmpty();
  }

  @Test
  void a_keys_own_score_is_shrunk_towards_the_global_one_by_the_prior() {
    InputEncoding.NumericFeature shrunk = new InputEncoding.NumericFeature("x", false, 10, 2, 2);
    MemoryLayout layout = new MemoryLayout(1, List.of(), 0, 0);
    NumericEncoder encoder = new NumericEncoder(shrunk, 0, List.of(), layout);
    KeyMemory memory = KeyMemory.fresh(layout);
    float[] inputs = new float[NumericEncoder.INPUTS];

    encoder.encode(13, memory, inputs, 0);
    // two values of 10 ± 2 and one of 13: mean 11, squares 2 * (4 + 1) + 4
    assertThat(inputs[1]).isCloseTo((float) (2 / Math.sqrt(14 / 3.0)), within(1e-6f));
    encoder.encode(19, memory, inputs, 0);
    // and one of 19: mean 13, squares 2 * (4 + 9) + 0 + 36
    assertThat(inputs[1]).isCloseTo((float) (6 / Math.sqrt(62 / 4.0)), within(1e-6f));
  }

  @Test
  void memory_is_shared_only_where_it_means_the_same() {
    InputEncoder hourly = new InputEncoder(Specs.hourly());
    InputEncoder again = new InputEncoder(withPrior(new Head.UnitPrior(1, 1)));
    InputEncoder irregular = new InputEncoder(Specs.irregular());

    assertThat(hourly.sharesMemoryWith(again)).isTrue();
    assertThat(hourly.sharesMemoryWith(irregular)).isFalse();
    assertThat(MemoryLayout.meaning(Specs.moving().input())).contains("|deviations [2, 8]");
  }

  @Test
  void encoding_allocates_nothing() {
    allocatesNothing(Specs.hourly());
    allocatesNothing(Specs.moving());
  }

  private static void allocatesNothing(ModelSpec spec) {
    EncodedKey key = new EncodedKey(spec);
    RawInput[] day = new RawInput[24];
    for (int hour = 0; hour < day.length; hour++) {
      day[hour] = at(hour, hour, 1, "E");
    }
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long bytes = 0;
    for (int round = 0; round < 2; round++) { // the first round loads classes
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int step = 0; step < 24_000; step++) {
        key.observe(day[step % 24]);
      }
      bytes = threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(bytes).isLessThan(24_000);
  }

  private static ModelSpec withPrior(Head.UnitPrior prior) {
    Head.Forecast head = Specs.forecast();
    return Specs.of(
        Specs.hourly().input(),
        new Head.Forecast(head.horizons(), head.quantiles(), List.of(Specs.temperature(prior))));
  }
}
