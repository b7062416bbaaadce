package dev.eddy.model.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HorizonMatcherTest {
  private static final Optional<Duration> TEN = Optional.of(Duration.ofMillis(10));
  private final List<String> matches = new ArrayList<>();

  @Test
  void without_an_interval_horizons_count_observations() {
    HorizonMatcher matcher = new HorizonMatcher(List.of(1, 3), Optional.empty(), 1);
    observe(matcher, 100, 1, 11);
    observe(matcher, 100, 2, 12);
    observe(matcher, 900, 3, 13);
    observe(matcher, 901, 4, 14);

    assertThat(matches)
        .containsExactly(
            "h1 from 100 to 100: 11.0 was 2.0",
            "h1 from 100 to 900: 12.0 was 3.0",
            "h1 from 900 to 901: 13.0 was 4.0",
            "h3 from 100 to 901: 11.5 was 4.0");
    assertThat(matcher.pending()).isEqualTo(3);
  }

  @Test
  void without_an_interval_an_unobserved_target_expires_its_forecast() {
    HorizonMatcher matcher = new HorizonMatcher(List.of(1), Optional.empty(), 1);
    observe(matcher, 0, 1, 11);
    observe(matcher, 1, Double.NaN, 12);
    observe(matcher, 2, 3, 13);

    assertThat(matches).containsExactly("h1 from 1 to 2: 12.0 was 3.0");
  }

  @Test
  void with_an_interval_the_actual_lies_within_half_an_interval_of_its_time() {
    for (int late : new int[] {-6, -5, -4, 0, 5, 6}) {
      matches.clear();
      HorizonMatcher matcher = new HorizonMatcher(List.of(2), TEN, 1);
      observe(matcher, 1000, 1, 11);
      observe(matcher, 1020 + late, 2, 12);

      assertThat(matches).hasSize(late > -5 && late <= 5 ? 1 : 0);
    }
  }

  @Test
  void with_an_interval_an_unobserved_target_may_still_be_observed_in_time() {
    HorizonMatcher matcher = new HorizonMatcher(List.of(1), TEN, 1);
    observe(matcher, 0, 1, 11);
    observe(matcher, 9, Double.NaN, 12);
    observe(matcher, 12, 3, 13);

    assertThat(matches).containsExactly("h1 from 0 to 12: 11.0 was 3.0");
  }

  @Test
  void only_the_first_actual_of_its_period_counts() {
    HorizonMatcher matcher = new HorizonMatcher(List.of(1), TEN, 1);
    observe(matcher, 0, 1, 11);
    observe(matcher, 10, 2, 12);
    observe(matcher, 11, 3, 13);

    assertThat(matches).containsExactly("h1 from 0 to 10: 11.0 was 2.0");
  }

  @Test
  void a_gap_expires_what_it_skips_and_nothing_else() {
    HorizonMatcher matcher = new HorizonMatcher(List.of(1, 4), TEN, 1);
    observe(matcher, 0, 1, 11);
    observe(matcher, 10, 2, 12);
    observe(matcher, 50, 3, 13);

    assertThat(matches)
        .containsExactly("h1 from 0 to 10: 11.0 was 2.0", "h4 from 10 to 50: 12.5 was 3.0");
    assertThat(matcher.pending()).isEqualTo(1);
  }

  @Test
  void keeps_every_pending_forecast_however_many() {
    HorizonMatcher matcher = new HorizonMatcher(List.of(1, 100), Optional.empty(), 1);
    for (int index = 0; index < 1000; index++) {
      observe(matcher, index, index, 10_000 + index);
    }

    assertThat(matches)
        .filteredOn(match -> match.startsWith("h100"))
        .hasSize(900)
        .contains("h100 from 899 to 999: 10899.5 was 999.0");
    assertThat(matcher.pending()).isEqualTo(100);
  }

  @Test
  void an_observation_without_forecast_is_an_actual_all_the_same() {
    HorizonMatcher matcher = new HorizonMatcher(List.of(2), Optional.empty(), 1);
    observe(matcher, 0, 1, 11);
    matcher.observe(1, 2, this::note);
    observe(matcher, 2, 3, 13);

    assertThat(matches).containsExactly("h2 from 0 to 2: 11.0 was 3.0");
  }

  /** Observes, then forecasts {@code forecast} at the first horizon and half more at the second. */
  private void observe(HorizonMatcher matcher, long time, double actual, double forecast) {
    horizons = matcher;
    matcher.observe(time, actual, this::note);
    matcher.forecast(new double[] {forecast, forecast + 0.5});
  }

  private HorizonMatcher horizons;

  private void note(
      int horizon, long originTime, long targetTime, double actual, double[] values, int offset) {
    matches.add(
        "h"
            + horizons.horizon(horizon)
            + " from "
            + originTime
            + " to "
            + targetTime
            + ": "
            + values[offset]
            + " was "
            + actual);
  }
}
