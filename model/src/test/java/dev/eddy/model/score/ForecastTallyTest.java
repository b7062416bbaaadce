package dev.eddy.model.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import dev.eddy.model.spec.Head.Baseline;
import dev.eddy.model.spec.Head.Mean;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ForecastTallyTest {
  private static final Offset<Double> EXACTLY = within(1e-6);
  private static final Baseline LAST = Baseline.last();
  private static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);

  @Test
  void scores_what_was_forecast_beside_the_naive_forecasts_of_the_same_targets() {
    ForecastTally tally = tally(2);
    observe(tally, "a", 0, 10, 8, 11, 14); // persistence 10, seasonal unknown: 10
    observe(tally, "a", 1, 14, 9, 10, 11); // persistence 14, seasonal 10
    observe(tally, "a", 2, 20, 0, 0, 0);

    ForecastScore score = tally.perKey().get(0);
    assertThat(score.key()).isEqualTo("a");
    assertThat(score.target()).isEqualTo("load");
    assertThat(score.horizon()).isEqualTo(1);
    assertThat(score.count()).isEqualTo(2);
    assertThat(score.mae()).isCloseTo((3 + 10) / 2.0, EXACTLY);
    assertThat(score.persistenceMae()).isCloseTo((4 + 6) / 2.0, EXACTLY);
    assertThat(score.naive("seasonal naive 2").mae()).isCloseTo((4 + 10) / 2.0, EXACTLY);
    assertThat(score.naive("baseline").mae()).isCloseTo((4 + (20 - 12)) / 2.0, EXACTLY);
    assertThat(score.coverage()).isCloseTo(0.5, EXACTLY); // 14 in [8, 14]; 20 not in [9, 11]
    assertThat(score.nominalCoverage()).isCloseTo(0.8, EXACTLY);
    assertThat(score.smape()).isCloseTo((200 * 3 / 25.0 + 200 * 10 / 30.0) / 2, EXACTLY);
    assertThat(score.rmse()).isCloseTo(Math.sqrt((9 + 100) / 2.0), EXACTLY);
    // width 6; width 2 and 9 above it, at 2 / (1 - 0.8) a unit
    assertThat(score.winkler()).isCloseTo((6 + 2 + 10 * 9) / 2.0, EXACTLY);
    assertThat(score.levels())
        .containsExactly(
            new LevelCoverage(0.1, 0), new LevelCoverage(0.5, 0), new LevelCoverage(0.9, 0.5));
    // above each quantile by 6, 3, 0 and by 11, 10, 9, weighted by its level
    assertThat(score.pinball()).isCloseTo((0.6 + 1.5 + 0 + 1.1 + 5 + 8.1) / 3 / 2, EXACTLY);
  }

  @Test
  void a_forecast_above_its_actual_costs_the_other_side_of_the_pinball() {
    ForecastTally tally = tally(1);
    observe(tally, "a", 0, 0, 1, 2, 3);
    observe(tally, "a", 1, 0, 0, 0, 0);

    assertThat(tally.perKey().get(0).pinball()).isCloseTo((0.9 + 1 + 0.3) / 3, EXACTLY);
    assertThat(tally.perKey().get(0).smape()).isCloseTo(200, EXACTLY);
  }

  @Test
  void unobserved_targets_and_forecasts_before_any_target_are_not_scored() {
    ForecastTally tally = tally(1);
    observe(tally, "a", 0, Double.NaN, 1, 2, 3);
    observe(tally, "a", 1, 5, 1, 2, 3);
    observe(tally, "a", 2, Double.NaN, 1, 2, 3);
    observe(tally, "a", 3, 6, 1, 2, 3);

    assertThat(tally.pooled())
        .singleElement()
        .satisfies(
            score -> {
              assertThat(score.count()).isEqualTo(1);
              assertThat(score.mae()).isCloseTo(4, EXACTLY);
              assertThat(score.persistenceMae()).isCloseTo(1, EXACTLY);
            });
  }

  @Test
  void a_forecast_belongs_to_the_period_of_its_targets_time() {
    ForecastTally tally = tally(1);
    observe(tally, "a", 0, false, 1, 1, 1, 1);
    observe(tally, "a", 1, false, 2, 1, 1, 1);
    observe(tally, "a", 2, true, 5, 1, 1, 1);
    observe(tally, "a", 3, false, 9, 1, 1, 1);

    assertThat(tally.pooled().get(0).count()).isEqualTo(1);
    assertThat(tally.pooled().get(0).persistenceMae()).isCloseTo(3, EXACTLY);
  }

  @Test
  void scales_by_the_seasonal_naive_errors_before_the_scored_period() {
    ForecastTally tally = tally(2);
    double[] inSample = {1, 2, 4, 8, Double.NaN, 3}; // seasons apart by 3, 6, unknown, 5
    for (int time = 0; time < inSample.length; time++) {
      observe(tally, "a", time, false, inSample[time], 0, 0, 0);
    }
    observe(tally, "a", 6, true, 7, 0, 0, 0); // forecast 0, persistence 3, its season unknown: 4
    observe(tally, "a", 7, false, 1000, 0, 0, 0);
    observe(tally, "b", 0, false, 1, 0, 0, 0);
    observe(tally, "b", 1, false, 1, 0, 0, 0);
    observe(tally, "b", 2, false, 2, 0, 0, 0);
    observe(tally, "b", 3, true, 5, 0, 0, 0);
    observe(tally, "new", 0, true, 1, 0, 0, 0);
    observe(tally, "new", 1, true, 2, 0, 0, 0);

    assertThat(tally.perKey()).extracting(ForecastScore::key).containsExactly("a", "b", "new");
    assertThat(tally.perKey().get(0).mase()).isCloseTo(7 / (14 / 3.0), EXACTLY);
    assertThat(tally.perKey().get(0).naive("persistence").mase())
        .isCloseTo(4 / (14 / 3.0), EXACTLY);
    assertThat(tally.perKey().get(1).mase()).isCloseTo(5, EXACTLY);
    assertThat(tally.perKey().get(2).mase()).isNaN();
    assertThat(tally.pooled().get(0).mase()).isCloseTo((7 / (14 / 3.0) + 5) / 2, EXACTLY);
    assertThat(tally.pooled().get(0).naive("persistence").mase())
        .isCloseTo((4 / (14 / 3.0) + 3) / 2, EXACTLY);
  }

  @Test
  void scores_every_target_by_itself() {
    List<Baseline> last = List.of(LAST, LAST);
    ForecastTally tally =
        new ForecastTally(
            new ForecastCriteria(
                List.of(1, 2),
                List.of(0.5),
                Optional.empty(),
                List.of(
                    ForecastCriteria.Target.of("heat", 1, List.of(), last),
                    ForecastCriteria.Target.of("load", 1, List.of(), last))));
    double[] forecast = {1, 2, 30, 40}; // [targets, horizons]
    for (int time = 0; time < 3; time++) {
      tally.observe("a", time, new double[] {0, time == 1 ? Double.NaN : 10 * time}, true);
      if (time == 0) {
        tally.forecast("a", forecast);
      }
    }

    assertThat(tally.pooled())
        .extracting(ForecastScore::target, ForecastScore::horizon, ForecastScore::mae)
        .containsExactly(tuple("heat", 1, 1.0), tuple("heat", 2, 2.0), tuple("load", 2, 20.0));
  }

  @Test
  void a_key_that_has_ended_keeps_its_scores_and_takes_nothing_more() {
    ForecastTally tally = tally(1);
    observe(tally, "a", 0, 1, 1, 1, 1);
    observe(tally, "a", 1, 2, 1, 1, 1);
    tally.end("a");

    assertThat(tally.perKey()).hasSize(1);
    assertThatThrownBy(() -> observe(tally, "a", 2, 3, 1, 1, 1))
        .hasMessage("key a: an observation (must come before its end)");
  }

  @Test
  void the_mean_over_horizons_weighs_them_alike() {
    ForecastTally tally = new ForecastTally(criteria(1, 1, 2));
    for (int time = 0; time < 4; time++) {
      tally.observe("a", time, new double[] {time}, true);
      tally.forecast("a", new double[] {0, 0, 0, 0, 0, 0});
    }

    ForecastScore mean = ForecastScore.mean(tally.pooled());
    assertThat(mean.horizon()).isEqualTo(ForecastScore.ALL_HORIZONS);
    assertThat(mean.count()).isEqualTo(3 + 2);
    assertThat(mean.mae()).isCloseTo((2 + 2.5) / 2, EXACTLY);
    assertThat(mean.persistenceMae()).isCloseTo((1 + 2) / 2.0, EXACTLY);
  }

  @Test
  void pools_all_keys_forecast_by_forecast() {
    ForecastTally tally = tally(1);
    observe(tally, "b", 0, 1, 1, 1, 1);
    observe(tally, "b", 1, 2, 2, 2, 2);
    observe(tally, "b", 2, 3, 3, 3, 3);
    observe(tally, "a", 0, 0, 0, 0, 0);
    observe(tally, "a", 1, 7, 7, 7, 7);

    assertThat(tally.perKey()).extracting(ForecastScore::key).containsExactly("a", "b");
    ForecastScore all = tally.pooled().get(0);
    assertThat(all.key()).isEqualTo(ForecastScore.ALL);
    assertThat(all.count()).isEqualTo(3);
    assertThat(all.mae()).isCloseTo((7 + 1 + 1) / 3.0, EXACTLY);
  }

  @Test
  void the_naive_season_of_a_long_horizon_is_the_last_one_known() {
    ForecastCriteria criteria = criteria(2, 1, 2, 3, 4);
    NaiveForecasters naive =
        new NaiveForecasters(criteria.targets().get(0), criteria.horizons(), Optional.empty());
    for (int index = 0; index < 5; index++) {
      naive.observe(index, 10 + index);
    }
    double[] said = new double[3]; // persistence, the season's, their mean

    List<Double> seasonal = new ArrayList<>();
    for (int horizon = 0; horizon < 4; horizon++) {
      naive.forecast(horizon, said, 0);
      assertThat(said[0]).isEqualTo(14);
      assertThat(said[2]).isEqualTo((said[0] + said[1]) / 2);
      seasonal.add(said[1]);
    }
    assertThat(seasonal).containsExactly(13.0, 14.0, 13.0, 14.0);
  }

  @Test
  void refuses_forecasts_without_observation_and_quantiles_without_median() {
    assertThatThrownBy(() -> tally(1).forecast("a", new double[3]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () -> new ForecastCriteria(List.of(1), List.of(0.1), Optional.empty(), List.of()))
        .hasMessage("quantiles: [0.1] (must hold 0.5)");
    assertThatThrownBy(() -> criteria(0, 1)).hasMessage("season: 0 (must be 1 or more)");
  }

  private static ForecastTally tally(int season) {
    return new ForecastTally(criteria(season, 1));
  }

  /** The model's baseline is the mean of the last value and the one a season ago. */
  private static ForecastCriteria criteria(int season, Integer... horizons) {
    Baseline mean = season > 1 ? new Mean(true, List.of(season)) : LAST;
    List<Baseline> baselines = Collections.nCopies(horizons.length, mean);
    return new ForecastCriteria(
        List.of(horizons),
        LEVELS,
        Optional.empty(),
        List.of(ForecastCriteria.Target.of("load", season, List.of(), baselines)));
  }

  private static void observe(
      ForecastTally tally, String key, long time, double actual, double... forecast) {
    observe(tally, key, time, true, actual, forecast);
  }

  private static void observe(
      ForecastTally tally,
      String key,
      long time,
      boolean scored,
      double actual,
      double... forecast) {
    tally.observe(key, time, new double[] {actual}, scored);
    tally.forecast(key, forecast);
  }
}
