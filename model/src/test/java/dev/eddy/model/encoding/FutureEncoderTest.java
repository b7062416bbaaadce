package dev.eddy.model.encoding;

import static dev.eddy.model.encoding.Specs.HOUR;
import static dev.eddy.model.encoding.Specs.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.eddy.model.spec.Encodings;
import dev.eddy.model.spec.InputEncoding;
import dev.eddy.model.spec.ModelSpec;
import dev.eddy.model.spec.RawFuture;
import dev.eddy.model.spec.RawInput;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

public class FutureEncoderTest {
  private static final double NAN = Double.NaN;
  private static final int RAIN = 1;

  @Test
  void a_value_enters_at_its_horizon_scored_as_the_feature_itself_would_be() {
    EncodedKey key = new EncodedKey(counting(3, 1, 3));
    key.observe(with(at(0, 10, 0, "N"), 1, 1.5f, 3, 0f, 2, 7f));

    float globally = (float) ((StrictMath.log1p(1.5) - 0.5) / 0.5);
    // its own mean is log1p(0), its own deviation the floor of 0.005: clipped; at 2 is no horizon
    assertThat(ahead(key)).containsExactly(globally, 5, 0, -1, 0, 0);
  }

  @Test
  void what_was_not_told_is_flagged_and_scored_zero() {
    EncodedKey key = new EncodedKey(counting(3, 1, 3)).observe(at(0, 10, 0, "N"));
    assertThat(ahead(key)).containsExactly(0, 0, 1, 0, 0, 1);
  }

  @Test
  void values_come_nearer_with_each_observation_until_they_are_the_value_now() {
    EncodedKey key = new EncodedKey(counting(3, 1, 3));
    key.observe(with(at(0, 10, 0, "N"), 3, 2f));
    assertThat(missing(key)).containsExactly(1, 0);
    key.observe(at(1, 10, 0, "N"));
    assertThat(missing(key)).containsExactly(1, 1);
    key.observe(at(2, 10, 0, "N"));
    assertThat(missing(key)).containsExactly(0, 1);
    key.observe(at(3, 10, NAN, "N"));
    assertThat(missing(key)).containsExactly(1, 1);
    assertThat(key.inputs[5]).as("rain is missing now").isZero();
    assertThat(key.memory.values()[RAIN]).isEqualTo(2);
  }

  @Test
  void with_an_interval_values_are_for_times_and_a_gap_passes_over_some() {
    EncodedKey key = new EncodedKey(hourly(3, 1, 2));
    key.observe(with(at(0, 10, 0, "N"), HOUR, 1f, 2 * HOUR, 2f, 3 * HOUR, 3f));
    key.observe(at(2, 10, NAN, "N"));
    assertThat(key.memory.values()[RAIN]).as("told of now").isEqualTo(2);
    assertThat(missing(key)).containsExactly(0, 1);
    key.observe(at(9, 10, NAN, "N"));
    assertThat(key.memory.values()[RAIN]).as("the last value").isEqualTo(2);
    assertThat(key.inputs[5]).isEqualTo(1);
    assertThat(missing(key)).containsExactly(1, 1);
  }

  @Test
  void an_observed_value_stands_before_what_was_told_of_it() {
    EncodedKey key = new EncodedKey(hourly(3, 1));
    key.observe(with(at(0, 10, 0, "N"), HOUR, 1f));
    key.observe(at(1, 10, 4, "N"));
    key.observe(at(1.1, 10, NAN, "N"));
    assertThat(key.memory.values()[RAIN]).isEqualTo(4);
    assertThat(key.inputs[5]).as("still told of this hour").isZero();
  }

  @Test
  void null_takes_back_and_what_is_past_or_beyond_the_reach_is_ignored() {
    EncodedKey key = new EncodedKey(hourly(3, 1, 3));
    key.observe(with(at(0, 10, 0, "N"), HOUR, 1f, 3 * HOUR, 3f));
    key.encoder.tell(future(HOUR, NAN, 4 * HOUR, 4f, -HOUR, 5f), key.memory);
    key.observe(at(0.2, 10, 0, "N"));
    assertThat(missing(key)).containsExactly(1, 0);
    key.observe(at(1, 10, 0, "N"));
    assertThat(missing(key)).as("that at 4 came too early").containsExactly(1, 1);
  }

  @Test
  void a_future_update_counts_from_the_observation_before_it() {
    EncodedKey key = new EncodedKey(counting(3, 1)).observe(at(0, 10, 0, "N"));
    key.encoder.tell(future(2, 2f), key.memory);
    key.observe(at(1, 10, 0, "N"));
    assertThat(missing(key)).containsExactly(0);
  }

  /** Against a map from period to value, whatever comes in whatever order. */
  @Property(tries = 100)
  void the_rings_know_what_a_map_of_all_periods_knows(@ForAll long seed) {
    for (boolean byTime : List.of(true, false)) {
      Random random = new Random(seed);
      int reach = 1 + random.nextInt(5);
      EncodedKey key = new EncodedKey(byTime ? hourly(reach, reach) : counting(reach, reach));
      Map<Long, Double> told = new TreeMap<>();
      long now = -1;
      for (int i = 0; i < 60; i++) {
        long next = byTime && i > 0 ? now + random.nextInt(4) : now + 1;
        if (i > 0 && random.nextInt(3) == 0) {
          RawFuture futureUpdate = random(random, byTime, now, reach, told, now);
          key.encoder.tell(futureUpdate, key.memory);
        }
        now = next;
        RawFuture future = random(random, byTime, now, reach, told, now);
        key.observe(new RawInput(now * HOUR, new double[] {10, 1}, new String[] {"N"}, future));
        double expected = told.getOrDefault(now + reach, NAN);
        float[] ahead = ahead(key);
        assertThat(ahead[2]).isEqualTo(Double.isNaN(expected) ? 1 : 0);
        if (!Double.isNaN(expected)) {
          assertThat(ahead[0])
              .isEqualTo(NumericEncoder.clip((StrictMath.log1p(expected) - 0.5) / 0.5));
        }
      }
    }
  }

  private static RawFuture random(
      Random random, boolean byTime, long now, int reach, Map<Long, Double> told, long from) {
    int size = random.nextInt(4);
    RawFuture future = new RawFuture(new long[size], new int[size], new double[size]);
    for (int i = 0; i < size; i++) {
      int ahead = random.nextInt(reach + 5) - 2;
      future.when()[i] = byTime ? (now + ahead) * HOUR : ahead;
      future.features()[i] = RAIN;
      future.values()[i] = random.nextInt(4) == 0 ? NAN : random.nextInt(9) / 10.0;
      if (ahead >= 0 && ahead <= reach) {
        told.put(from + ahead, future.values()[i]);
      }
    }
    return future;
  }

  @Test
  void memory_is_shared_only_where_the_future_reaches_as_far() {
    InputEncoder encoder = new InputEncoder(hourly(3, 1));
    assertThat(encoder.sharesMemoryWith(new InputEncoder(Specs.hourly()))).isFalse();
    assertThat(encoder.sharesMemoryWith(new InputEncoder(hourly(2, 1)))).isFalse();
    assertThat(encoder.sharesMemoryWith(new InputEncoder(hourly(3, 2)))).isTrue();
  }

  @Test
  void a_target_or_an_unknown_feature_has_no_future() {
    InputEncoding weather = Specs.weather(Optional.empty());
    assertThatThrownBy(() -> Encodings.withFuture(weather, of("temperature", 1, 1)))
        .hasMessageContaining("input.future: temperature (must be one of the numeric features");
    assertThatThrownBy(() -> Encodings.withFuture(weather, of("snow", 1, 1)))
        .hasMessageContaining("input.future: snow");
    assertThatThrownBy(() -> of("rain", 2, 1, 3))
        .hasMessage("input.future.reach: 2 (must be 1 or more, and no less than [1, 3])");
  }

  @Test
  void encoding_a_future_allocates_nothing() {
    EncodedKey key = new EncodedKey(hourly(24, 1, 2, 3));
    RawInput[] inputs = new RawInput[2000];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = with(at(i, 10, 1, "N"), (i + 24) * HOUR, i);
    }
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = 0;
    for (int i = 0; i < inputs.length; i++) {
      if (i == inputs.length / 2) {
        before = threads.getCurrentThreadAllocatedBytes();
      }
      key.observe(inputs[i]);
      key.encoder.tell(inputs[i].future(), key.memory);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1000);
  }

  static ModelSpec counting(int reach, Integer... horizons) {
    return Specs.of(
        Encodings.withFuture(Specs.weather(Optional.empty()), of("rain", reach, horizons)),
        Specs.forecast());
  }

  public static ModelSpec hourly(int reach, Integer... horizons) {
    return Specs.of(
        Encodings.withFuture(
            Specs.weather(Optional.of(Duration.ofHours(1))), of("rain", reach, horizons)),
        Specs.forecast());
  }

  private static InputEncoding.Future of(String feature, int reach, Integer... horizons) {
    return new InputEncoding.Future(List.of(feature), reach, List.of(horizons));
  }

  /** The same observation with values of rain: when, value, when, value, … */
  static RawInput with(RawInput input, Number... future) {
    return new RawInput(input.time(), input.numeric(), input.categories(), future(future));
  }

  public static RawFuture future(Number... whenAndValue) {
    int size = whenAndValue.length / 2;
    RawFuture future = new RawFuture(new long[size], new int[size], new double[size]);
    Arrays.fill(future.features(), RAIN);
    for (int i = 0; i < size; i++) {
      future.when()[i] = whenAndValue[2 * i].longValue();
      future.values()[i] = whenAndValue[2 * i + 1].doubleValue();
    }
    return future;
  }

  private static float[] ahead(EncodedKey key) {
    int end = key.inputs.length - GapEncoder.INPUTS;
    int size = key.encoder.spec().input().future().map(FutureEncoder::inputs).orElseThrow();
    return Arrays.copyOfRange(key.inputs, end - size, end);
  }

  private static float[] missing(EncodedKey key) {
    float[] ahead = ahead(key);
    float[] flags = new float[ahead.length / 3];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = ahead[3 * i + 2];
    }
    return flags;
  }
}
