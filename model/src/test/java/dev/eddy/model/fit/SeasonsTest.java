package dev.eddy.model.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeasonsTest {
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final int SEEDS = 40;

  /** Makes a series of one seed. */
  private interface Made {
    double[] by(Random random);
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 7, 11, 12, 13, 25, 37, 97, 287})
  void no_cycle_is_taken_for_its_neighbour(int season) {
    Made noisy = random -> cycle(random, 20 * season + 100, season, 1.5);
    Made sharp = random -> profile(random, 20 * season + 60, season);
    assertThat(right(HOUR, noisy, List.of(season))).as("of cycles").isGreaterThanOrEqualTo(39);
    assertThat(right(HOUR, sharp, List.of(season))).as("of profiles").isGreaterThanOrEqualTo(36);
  }

  @Test
  void a_season_between_two_lags_is_where_it_repeats() {
    assertThat(right(HOUR, random -> cycle(random, 2000, 12.5, 1), List.of(25))).isEqualTo(SEEDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 200, 1000})
  void noise_walks_and_trends_have_none(int rows) {
    Made noise = random -> made(rows, i -> random.nextGaussian());
    Made walk = random -> walk(random, rows);
    Made drift = random -> plus(walk(random, rows), i -> 0.5 * i);
    Made trend = random -> made(rows, i -> 0.5 * i + random.nextGaussian());
    Made level = random -> made(rows, i -> (i > rows / 2 ? 20 : 0) + random.nextGaussian());
    Made flat = random -> made(rows, i -> 7.1);
    for (Duration gap : List.of(MINUTE, HOUR, DAY)) {
      assertThat(right(gap, noise, List.of())).as("noise").isGreaterThanOrEqualTo(39);
      assertThat(right(gap, walk, List.of())).as("walk").isGreaterThanOrEqualTo(38);
      assertThat(right(gap, drift, List.of())).as("drift").isGreaterThanOrEqualTo(38);
      assertThat(right(gap, trend, List.of())).as("trend").isGreaterThanOrEqualTo(38);
      assertThat(right(gap, level, List.of())).as("level").isGreaterThanOrEqualTo(39);
      assertThat(right(gap, flat, List.of())).as("flat").isEqualTo(SEEDS);
    }
  }

  @Test
  void a_day_in_minutes_in_few_days() {
    Made week = random -> cycle(random, 7 * 1440, 1440, 2);
    assertThat(right(5, MINUTE, week, List.of(1440))).isEqualTo(5);
    Made fives = random -> cycle(random, 7 * 288, 288, 2);
    assertThat(right(Duration.ofMinutes(5), fives, List.of(288))).isEqualTo(SEEDS);
  }

  @Test
  void a_day_and_a_week() {
    Duration quarter = Duration.ofMinutes(15);
    assertThat(right(10, quarter, random -> load(random, 56, 96), List.of(96, 672))).isEqualTo(10);
    assertThat(right(HOUR, random -> load(random, 56, 24), List.of(24, 168))).isEqualTo(SEEDS);
    Made onlyDays = random -> cycle(random, 56 * 24, 24, 1);
    assertThat(right(HOUR, onlyDays, List.of(24))).isEqualTo(SEEDS);
  }

  @Test
  void outliers_and_unobserved_values_hide_none() {
    Made holed =
        random -> {
          double[] values = load(random, 56, 24);
          for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(5) == 0 ? Double.NaN : values[i];
          }
          values[500] = 1e6;
          values[901] = -1e9;
          return values;
        };
    assertThat(right(HOUR, holed, List.of(24, 168))).isEqualTo(SEEDS);
  }

  @Test
  void what_is_observed_now_and_then_shows_its_day() {
    for (int each : new int[] {2, 3}) {
      Made bursts =
          random -> {
            double[] values = load(random, 100, 24);
            return made(values.length, i -> i / 24 % (5 * each) < each ? values[i] : Double.NaN);
          };
      assertThat(right(HOUR, bursts, List.of(24))).as("%s days", each).isGreaterThanOrEqualTo(39);
    }
  }

  @Test
  void a_weak_day_with_two_peaks_is_a_day() {
    Made weak =
        random ->
            made(24 * 60, i -> bump(i % 24 - 8) + 0.9 * bump(i % 24 - 20) + random.nextGaussian());
    assertThat(right(HOUR, weak, List.of(24))).isGreaterThanOrEqualTo(39);
  }

  @Test
  void a_day_with_two_peaks_shows_over_a_change_of_the_clock() {
    Duration quarter = Duration.ofMinutes(15);
    for (int change : new int[] {4, -4}) {
      Made peaks =
          random ->
              made(
                  14 * 96,
                  i -> {
                    double hour = (i + (i < 7 * 96 ? 0 : change)) % 96 / 4.0;
                    return 12 * bump(hour - 7) + 20 * bump(hour - 19) + random.nextGaussian();
                  });
      assertThat(right(quarter, peaks, List.of(48, 96))).isGreaterThanOrEqualTo(39);
    }
  }

  @Test
  void growing_months_have_a_year() {
    Made months =
        random ->
            made(
                48,
                i ->
                    (200 + 2 * i)
                        * (1 + 0.2 * Math.sin(Math.PI * i / 6) + 0.05 * random.nextGaussian()));
    int right = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      long[] times = new long[48];
      Arrays.setAll(times, i -> millis(LocalDate.of(2014, 1, 1).plusMonths(i)));
      Seasons seasons = new Seasons(Optional.empty(), Duration.ofDays(31));
      seasons.add(times, months.by(new Random(seed)));
      right += seasons.find().equals(List.of(12)) ? 1 : 0;
    }
    assertThat(right).isGreaterThanOrEqualTo(38);
  }

  @Test
  void a_week_of_five_rows_is_five_rows_and_seven_intervals() {
    List<Long> times = new ArrayList<>();
    List<Double> values = new ArrayList<>();
    Random random = new Random(3);
    for (int day = 0; day < 420; day++) {
      int weekday = LocalDate.ofEpochDay(day).getDayOfWeek().getValue();
      if (weekday < 6) {
        times.add(day * DAY.toMillis());
        values.add(100 + (weekday == 1 ? 6 : weekday == 5 ? -4 : 0) + random.nextGaussian());
      }
    }
    Seasons byRow = new Seasons(Optional.empty(), DAY);
    byRow.add(longs(times), doubles(values));
    assertThat(byRow.find()).containsExactly(5);
    Seasons byDay = new Seasons(Optional.of(DAY), DAY);
    byDay.add(longs(times), doubles(values));
    assertThat(byDay.find()).containsExactly(7);
  }

  @Test
  void times_that_jitter_about_the_hour_count_as_the_hour() {
    Random random = new Random(11);
    double[] values = profile(random, 24 * 40, 24);
    long[] times = times(values.length, HOUR);
    Arrays.setAll(times, i -> times[i] + random.nextInt(4_001) - 2_000);
    Seasons seasons = new Seasons(Optional.of(HOUR), HOUR);
    seasons.add(times, values);
    assertThat(seasons.find()).containsExactly(24);
  }

  @Test
  void a_season_far_from_zero_is_as_plain_as_near_it() {
    Made far = random -> plus(cycle(random, 1_000, 24, 0.5), i -> 1e10);
    assertThat(right(HOUR, far, List.of(24))).isEqualTo(SEEDS);
  }

  @Test
  void a_value_far_off_that_repeats_hides_none() {
    for (double far : new double[] {-999, 65535}) {
      for (int each : new int[] {10, 50}) {
        Made gaps =
            random -> {
              double[] values = load(random, 56, 24);
              return made(values.length, i -> random.nextInt(each) == 0 ? far : values[i]);
            };
        assertThat(right(HOUR, gaps, List.of(24, 168))).as("of %s", far).isGreaterThanOrEqualTo(39);
      }
    }
    Made peaks = random -> made(900, i -> (i % 24 == 8 ? 80 : 0) + random.nextGaussian());
    assertThat(right(HOUR, peaks, List.of(24))).isGreaterThanOrEqualTo(39);
    Made ofOneHeight = random -> made(900, i -> i % 24 == 8 ? 80 : random.nextGaussian());
    assertThat(right(HOUR, ofOneHeight, List.of(24))).isGreaterThanOrEqualTo(39);
  }

  @Test
  void most_keys_decide() {
    assertThat(rightOfKeys(3, 2, List.of())).isGreaterThanOrEqualTo(39);
    assertThat(rightOfKeys(1, 4, List.of(24))).isGreaterThanOrEqualTo(39);
  }

  private static int rightOfKeys(int walking, int daily, List<Integer> wanted) {
    int right = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      right += ofKeys(new Random(seed), walking, daily).equals(wanted) ? 1 : 0;
    }
    return right;
  }

  @Test
  void however_long_some_keys_are_all_decide_on_long_seasons() {
    Random random = new Random(17);
    Seasons seasons = new Seasons(Optional.empty(), Duration.ofMinutes(5));
    for (int key = 0; key < 9; key++) {
      double[] values = key < 3 ? walk(random, 40_000) : profile(random, 12_000, 700);
      seasons.add(times(values.length, Duration.ofMinutes(5)), values);
    }
    assertThat(seasons.find()).containsExactly(700);
  }

  /** Of some hourly keys that walk and others that have a day. */
  private static List<Integer> ofKeys(Random random, int walking, int daily) {
    Seasons seasons = new Seasons(Optional.empty(), HOUR);
    for (int key = 0; key < walking + daily; key++) {
      double[] values = key < walking ? walk(random, 800) : cycle(random, 800, 24, 0.5);
      seasons.add(times(values.length, HOUR), values);
    }
    return seasons.find();
  }

  private static int right(Duration gap, Made made, List<Integer> wanted) {
    return right(SEEDS, gap, made, wanted);
  }

  /** Of how many seeds the seasons are those wanted. */
  private static int right(int seeds, Duration gap, Made made, List<Integer> wanted) {
    int right = 0;
    for (int seed = 0; seed < seeds; seed++) {
      double[] values = made.by(new Random(7919L * seed + 13));
      Seasons seasons = new Seasons(Optional.empty(), gap);
      seasons.add(times(values.length, gap), values);
      right += seasons.find().equals(wanted) ? 1 : 0;
    }
    return right;
  }

  private static long[] times(int rows, Duration gap) {
    long[] times = new long[rows];
    Arrays.setAll(times, i -> i * gap.toMillis());
    return times;
  }

  private static double[] made(int rows, IntToDoubleFunction value) {
    double[] values = new double[rows];
    Arrays.setAll(values, value);
    return values;
  }

  private static double[] plus(double[] values, IntToDoubleFunction more) {
    return made(values.length, i -> values[i] + more.applyAsDouble(i));
  }

  private static double[] walk(Random random, int rows) {
    double[] at = new double[1];
    return made(rows, i -> at[0] += random.nextGaussian());
  }

  private static double[] cycle(Random random, int rows, double season, double noise) {
    double phase = 2 * Math.PI * random.nextDouble();
    return made(
        rows, i -> 3 * Math.sin(phase + 2 * Math.PI * i / season) + noise * random.nextGaussian());
  }

  private static double[] profile(Random random, int rows, int season) {
    double[] profile = made(season, i -> random.nextGaussian());
    profile[0] = 3;
    return made(rows, i -> profile[i % season] + 0.7 * random.nextGaussian());
  }

  /** Two peaks a day, lower ones at weekends, and what wanders slowly. */
  private static double[] load(Random random, int days, int ofDay) {
    double[] wandering = new double[1];
    return made(
        days * ofDay,
        i -> {
          double hour = 24.0 * (i % ofDay) / ofDay;
          double height = i / ofDay % 7 < 5 ? 1 : 0.45;
          wandering[0] = 0.9 * wandering[0] + random.nextGaussian();
          return 50 + height * (20 * bump(hour - 9) + 25 * bump(hour - 18)) + wandering[0];
        });
  }

  private static double bump(double hours) {
    return Math.exp(-hours * hours / 9);
  }

  private static long millis(LocalDate date) {
    return date.atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  private static long[] longs(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
