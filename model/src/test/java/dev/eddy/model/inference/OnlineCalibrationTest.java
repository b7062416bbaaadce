package dev.eddy.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.encoding.Specs;
import dev.eddy.model.score.HorizonMatcher;
import dev.eddy.model.spec.Calibration;
import dev.eddy.model.spec.Head;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawInput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Horizons 1, 2 and 3 of an hourly target with season 2, quantiles 0.1, 0.5 and 0.9. */
class OnlineCalibrationTest {
  private static final ModelSpec SPEC = Specs.calibrated(Specs.hourly());
  private static final double ALPHA = 1 - (0.9 - 0.1);
  private static final double HIT = ALPHA + 0.01 * ALPHA;
  private static final double MISS = ALPHA + 0.01 * (ALPHA - 1);

  private final OnlineCalibration calibration = OnlineCalibration.of(SPEC).orElseThrow();
  private final CalibrationState state = calibration.fresh();

  @Test
  void a_new_key_begins_with_the_scores_of_the_table() {
    Head.Forecast head = (Head.Forecast) Specs.hourly().head();
    Calibration wide =
        new Calibration(List.of(0.5, 0.8), List.of(-1f, 0.5f, -1f, 1f, -1f, 2f), Optional.empty());
    ModelSpec spec = Specs.of(SPEC.input(), head.withCalibration(Optional.of(wide)));
    OnlineCalibration wider = OnlineCalibration.of(spec).orElseThrow();

    double[] served = step(wider, wider.fresh(), 0, Double.NaN, 2);

    assertThat(served).containsExactly(new double[] {-2, 0, 2, -3, 0, 3, -5, 0, 5}, within(1e-5));
  }

  @Test
  void a_hit_narrows_the_next_intervals_and_a_miss_widens_them() {
    step(0, 0);
    assertThat(levels()).containsExactly(ALPHA, ALPHA, ALPHA);
    double[] afterHit = step(1, 0.5);
    assertThat(levels()).containsExactly(HIT, ALPHA, ALPHA);
    assertThat(afterHit[2]).isLessThan(afterHit[5]);
    double[] afterMiss = step(2, 5);
    assertThat(levels()[0]).isCloseTo(HIT - 0.008, within(1e-6));
    assertThat(levels()[1]).isEqualTo(MISS);
    assertThat(afterMiss[5]).isGreaterThan(afterHit[5]);
    assertThat(afterMiss[4]).isZero();
  }

  @Test
  void levels_move_only_when_a_target_arrives() {
    step(0, 0);
    step(1, Double.NaN);
    step(1.3, Double.NaN);
    step(10, 99); // all that waited has expired
    assertThat(levels()).containsExactly(ALPHA, ALPHA, ALPHA);
    step(11.4, 0);
    assertThat(levels()).containsExactly(HIT, ALPHA, ALPHA);
  }

  @Test
  void an_actual_may_still_be_observed_within_half_an_interval() {
    step(0, 0);
    step(0.9, Double.NaN);
    step(1.2, 99);
    assertThat(levels()).containsExactly(MISS, ALPHA, ALPHA);
  }

  @Test
  void nothing_is_learned_from_what_the_network_was_trained_on() {
    Head.Forecast head = (Head.Forecast) SPEC.head();
    Calibration always = head.calibration().orElseThrow();
    Calibration late =
        new Calibration(
            always.levels(), always.scores(), Optional.of(Instant.ofEpochMilli(3 * Specs.HOUR)));
    ModelSpec spec = Specs.of(SPEC.input(), head.withCalibration(Optional.of(late)));
    OnlineCalibration learnsLate = OnlineCalibration.of(spec).orElseThrow();
    for (int hour = 0; hour < 3; hour++) {
      step(learnsLate, state, hour, 99, 1);
    }
    assertThat(levels()).containsExactly(ALPHA, ALPHA, ALPHA);
    step(learnsLate, state, 3, 99, 1);
    assertThat(levels()).containsExactly(MISS, MISS, MISS);
  }

  /** Jittered times with gaps, so that every forecast is followed, and every target observed. */
  @Property(tries = 200)
  void matches_forecasts_and_actuals_as_the_matcher_does(
      @ForAll long seed, @ForAll boolean byTime) {
    ModelSpec spec = byTime ? SPEC : Specs.calibrated(Specs.irregular());
    OnlineCalibration one = OnlineCalibration.of(spec).orElseThrow();
    CalibrationState key = one.fresh();
    HorizonMatcher matcher = new HorizonMatcher(List.of(1, 2, 3), spec.input().interval(), 2);
    double[] expected = {ALPHA, ALPHA, ALPHA};
    Random random = new Random(seed);
    int hour = 0;
    for (int i = 0; i < 60; i++) {
      hour += random.nextInt(6) == 0 ? 1 + random.nextInt(5) : 1;
      double at = hour + 0.4 * random.nextDouble() - 0.2;
      double actual = 2 * random.nextGaussian();
      double[] served = step(one, key, at, actual, 1);
      matcher.observe(
          Math.round(at * Specs.HOUR),
          actual,
          (horizon, from, to, found, bounds, offset) ->
              expected[horizon] +=
                  0.01 * (0.2 - (bounds[offset] <= found && found <= bounds[offset + 1] ? 0 : 1)));
      matcher.forecast(
          new double[] {served[0], served[2], served[3], served[5], served[6], served[8]});
    }
    for (int horizon = 0; horizon < 3; horizon++) {
      assertThat(key.values()[horizon]).isCloseTo(expected[horizon], within(1e-5));
    }
  }

  @Property(tries = 20)
  void coverage_comes_back_whatever_the_target_turns_into(
      @ForAll long seed, @ForAll @DoubleRange(min = 0.2, max = 60) double scale) {
    Random random = new Random(seed);
    CalibrationState key = calibration.fresh();
    int steps = 6000;
    double[][] served = new double[steps][];
    int[] covered = new int[3];
    for (int i = 0; i < steps; i++) {
      double actual = (i < steps / 3 ? 1 : scale) * random.nextGaussian();
      for (int horizon = 0; i >= 2 * steps / 3 && horizon < 3; horizon++) {
        double[] from = served[i - 1 - horizon];
        boolean hit = from[3 * horizon] <= actual && actual <= from[3 * horizon + 2];
        covered[horizon] += hit ? 1 : 0;
      }
      served[i] = step(calibration, key, i, actual, 1);
    }
    for (int hits : covered) {
      assertThat(hits / (steps / 3.0)).isCloseTo(0.8, within(0.03));
    }
  }

  @Property(tries = 200)
  void quantiles_never_cross_and_the_median_stays(@ForAll long seed) {
    Random random = new Random(seed);
    Head.Forecast three = (Head.Forecast) Specs.hourly().head();
    List<Double> quantiles = List.of(0.05, 0.2, 0.25, 0.5, 0.6, 0.99);
    List<Float> residuals = new ArrayList<>();
    for (int i = 0; i < 18; i++) {
      residuals.add(i % 6 - 3f);
    }
    Head.TargetHead target =
        new Head.TargetHead(
            "temperature", three.targets().get(0).baselines(), residuals, new Head.UnitPrior(1, 0));
    Head.Forecast head = new Head.Forecast(three.horizons(), quantiles, List.of(target));
    ModelSpec spec =
        Specs.of(SPEC.input(), head.withCalibration(Optional.of(Specs.calibration(head))));
    OnlineCalibration two = OnlineCalibration.of(spec).orElseThrow();
    CalibrationState key = two.fresh();
    for (int i = 0; i < 40; i++) {
      double[] prediction = new double[18];
      Arrays.setAll(new double[18], at -> prediction[at] = random.nextGaussian());
      for (int column = 0; column < 3; column++) {
        Arrays.sort(prediction, 6 * column, 6 * column + 6);
      }
      double[] before = prediction.clone();
      double[] origins = {0, 0, 0, random.nextInt(10) == 0 ? 1e38 : random.nextFloat()};
      RawInput input = input(i, 3 * random.nextGaussian());
      two.step(key, input, origins, 0, prediction, 0);
      two.follow(key, input, prediction, 0);
      for (int column = 0; column < 3; column++) {
        assertThat(prediction[6 * column + 3]).isEqualTo(before[6 * column + 3]);
        for (int q = 1; q < 6; q++) {
          assertThat(prediction[6 * column + q])
              .isFinite()
              .isGreaterThanOrEqualTo(prediction[6 * column + q - 1]);
        }
      }
    }
  }

  @Test
  void allocates_nothing_per_observation() {
    double[] prediction = {-1, 0, 1, -1, 0, 1, -1, 0, 1};
    double[] origins = {0, 0, 0, 1};
    RawInput[] inputs = new RawInput[20_000];
    Arrays.setAll(inputs, hour -> input(hour, hour % 7 - 3));
    var threads =
        (com.sun.management.ThreadMXBean) java.lang.management.ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < 5; round++) {
      CalibrationState key = calibration.fresh();
      long before = threads.getCurrentThreadAllocatedBytes();
      for (RawInput input : inputs) {
        calibration.step(key, input, origins, 0, prediction, 0);
        calibration.follow(key, input, prediction, 0);
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertThat(least).isLessThan(inputs.length); // under a byte each: what the JIT may take
  }

  @Test
  void remembers_little_of_a_key_however_far_its_horizons() {
    Head.Forecast one = (Head.Forecast) Specs.hourly().head();
    Head.TargetHead first = one.targets().get(0);
    List<Integer> horizons = new ArrayList<>();
    List<Head.Baseline> baselines = new ArrayList<>();
    List<Float> residuals = new ArrayList<>();
    for (int horizon = 1; horizon <= 48; horizon++) {
      horizons.add(horizon);
      baselines.add(first.baselines().get(0));
      residuals.addAll(List.of(-1f, 0f, 1f));
    }
    Head.TargetHead target =
        new Head.TargetHead("temperature", baselines, residuals, first.unitPrior());
    Head.Forecast head = new Head.Forecast(horizons, one.quantiles(), List.of(target));
    ModelSpec spec =
        Specs.of(SPEC.input(), head.withCalibration(Optional.of(Specs.calibration(head))));

    CalibrationState fresh = OnlineCalibration.of(spec).orElseThrow().fresh();

    int bytes = (fresh.clocks().length + fresh.values().length) * Double.BYTES;
    assertThat(bytes).isLessThan(6 * 1024);
  }

  @Test
  void what_is_followed_comes_from_every_phase_of_the_shortest_season() {
    for (int horizon : new int[] {5, 24, 48, 96, 168}) {
      ModelSpec spec = daily(horizon);
      CalibrationLayout layout = new CalibrationLayout((Head.Forecast) spec.head(), spec.input());
      boolean[] phases = new boolean[24];
      for (int i = 0; i < 24; i++) {
        phases[i * layout.distance(0) % 24] = true;
      }
      assertThat(phases).as("horizon " + horizon).doesNotContain(false);
      assertThat(layout.capacity(0)).isLessThanOrEqualTo(4);
      assertThat(layout.capacity(0) * layout.distance(0)).isGreaterThanOrEqualTo(horizon);
    }
  }

  private static ModelSpec daily(int horizon) {
    Head.TargetHead target =
        new Head.TargetHead(
            "temperature",
            List.of(Head.Baseline.last()),
            List.of(-1f, 0f, 1f),
            new Head.UnitPrior(1, 0));
    Head.Forecast head =
        new Head.Forecast(List.of(horizon), List.of(0.1, 0.5, 0.9), List.of(target));
    return Specs.of(Specs.withSeasons(Optional.of(Duration.ofHours(1)), List.of(24, 168)), head);
  }

  private double[] step(double hour, double actual) {
    return step(calibration, state, hour, actual, 1);
  }

  /** Serves [-1, 0, 1] at every horizon after an observation. */
  private static double[] step(
      OnlineCalibration calibration,
      CalibrationState state,
      double hour,
      double actual,
      double unit) {
    double[] prediction = {-1, 0, 1, -1, 0, 1, -1, 0, 1};
    RawInput input = input(hour, actual);
    calibration.step(state, input, new double[] {0, 0, 0, unit}, 0, prediction, 0);
    calibration.follow(state, input, prediction, 0);
    return prediction;
  }

  private static RawInput input(double hour, double actual) {
    return Specs.at(hour, actual, 0, "N");
  }

  private double[] levels() {
    return Arrays.copyOf(state.values(), 3);
  }
}
