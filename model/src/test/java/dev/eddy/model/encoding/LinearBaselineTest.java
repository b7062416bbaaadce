package dev.eddy.model.encoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.spec.Head.Lag;
import dev.eddy.model.spec.Head.Linear;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LinearBaselineTest {
  private static final List<Double> NO_LEVELS = List.of(0.0, 0.0);

  @Test
  void weighs_distances_of_past_values_from_the_last() {
    Linear baseline =
        new Linear(List.of(4), List.of(new Lag(1, 0.5), new Lag(4, -0.25)), NO_LEVELS);

    // y[t] = 16, y[t-1] = 8, y[t-4] = 1
    assertThat(forecast(baseline, 1, 2, 4, 8, 16)).isEqualTo(16 + 0.5 * -8 - 0.25 * -15);
  }

  @Test
  void weighs_distances_of_running_levels_from_the_last() {
    Linear baseline = new Linear(List.of(), List.of(), List.of(0.5, 1.0));

    // the mean of 2 and 4 while fewer than eight were seen; then each counts an eighth of itself
    assertThat(forecast(baseline, 2, 4)).isEqualTo(4 - 0.5 - 1);
    double[] nine = {1, 1, 1, 1, 1, 1, 1, 1, 10};
    double shortLevel = 1 + 9 / 8.0;
    double longLevel = 2;
    assertThat(forecast(baseline, nine))
        .isCloseTo((10 + 0.5 * (shortLevel - 10) + (longLevel - 10)), within(1e-5));
  }

  @Test
  void takes_a_value_that_is_not_known_yet_from_the_same_phase_of_a_shorter_season() {
    Linear baseline = new Linear(List.of(2, 6), List.of(new Lag(5, 1)), NO_LEVELS);

    assertThat(forecast(baseline, 1, 2, 3, 4, 5, 6)).isEqualTo(1); // y[t-5]
    assertThat(forecast(baseline, 3, 4, 5, 6)).isEqualTo(5); // y[t-5] unknown: y[t-1], its phase
    assertThat(forecast(baseline, 6)).isEqualTo(6); // nothing known but the last
  }

  @Test
  void the_value_before_the_last_is_unknown_where_the_period_before_had_none() {
    Linear trend = new Linear(List.of(4), List.of(new Lag(1, -1)), NO_LEVELS); // goes on as before

    assertThat(forecast(trend, 10, 20, 30, 40, 50, 60)).isEqualTo(70);
    // not from where it was a season ago
    assertThat(forecast(trend, 10, 20, 30, 40, Double.NaN, 60)).isEqualTo(60);
    assertThat(forecast(trend, 10, 20, 30, 40, Double.NaN, 60, 70)).isEqualTo(80);
  }

  @Test
  void a_lost_record_is_a_gap_too() {
    Linear trend = new Linear(List.of(), List.of(new Lag(1, -1)), NO_LEVELS);
    BaselineForecasters hourly = forecasters(trend, Optional.of(Duration.ofMillis(1)));

    assertThat(said(hourly, 0, 10, 1, 20)).isEqualTo(30);
    hourly.begin();
    assertThat(said(hourly, 0, 10, 2, 30)).isEqualTo(30);
    hourly.begin();
    assertThat(said(hourly, 0, 10, 2, 30, 2, 31, 3, 40)).isEqualTo(49);
  }

  @Test
  void stays_finite() {
    Linear trend = new Linear(List.of(), List.of(new Lag(1, -1)), NO_LEVELS);

    assertThat(forecast(trend, -Float.MAX_VALUE, Float.MAX_VALUE)).isEqualTo(Float.MAX_VALUE);
  }

  @Test
  void says_nothing_before_the_target_was_observed() {
    Linear baseline = new Linear(List.of(), List.of(), List.of(0.5, 0.5));

    assertThat(forecast(baseline, Double.NaN)).isNaN();
    assertThat(forecast(baseline, Double.NaN, 3)).isEqualTo(3);
    assertThat(forecast(baseline, 2, 4, Double.NaN)).isEqualTo(3);
  }

  @Test
  void refuses_a_value_further_back_than_its_seasons() {
    assertThatThrownBy(() -> new Linear(List.of(4), List.of(new Lag(5, 1)), NO_LEVELS))
        .hasMessage("baseline.lags: 5 (must be within the seasons [4])");
  }

  /** What a baseline says after a key's values. */
  private static double forecast(Linear baseline, double... values) {
    BaselineForecasters forecasters = forecasters(baseline, Optional.empty());
    for (int place = 0; place < values.length; place++) {
      forecasters.observe(place, values[place]);
    }
    return said(forecasters);
  }

  /** What it says after values at times in turn. */
  private static double said(BaselineForecasters forecasters, int... timesAndValues) {
    for (int i = 0; i < timesAndValues.length; i += 2) {
      forecasters.observe(timesAndValues[i], timesAndValues[i + 1]);
    }
    double[] said = new double[1];
    forecasters.forecast(0, said, 0);
    return said[0];
  }

  private static BaselineForecasters forecasters(Linear baseline, Optional<Duration> interval) {
    return new BaselineForecasters(
        baseline.seasons(), List.of(1), List.of(List.of(baseline)), interval);
  }
}
