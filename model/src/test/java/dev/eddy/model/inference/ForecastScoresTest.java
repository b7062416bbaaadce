package dev.eddy.model.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ForecastScoresTest {
  private static final Offset<Double> EXACTLY = within(1e-6);
  private static final List<Double> LEVELS = List.of(0.1, 0.5, 0.9);

  @Test
  void scoresWhatWasForecastBesideTheNaiveForecastsOfTheSameTargets() {
    ForecastScores scores = scores(2);
    observe(scores, "a", 0, 10, 8, 11, 14); // persistence 10, seasonal unknown: 10
    observe(scores, "a", 1, 14, 9, 10, 11); // persistence 14, seasonal 10
    observe(scores, "a", 2, 20, 0, 0, 0);

    ForecastScore score = scores.perKey().get(0);
    assertThat(score.key()).isEqualTo("a");
    assertThat(score.horizon()).isEqualTo(1);
    assertThat(score.count()).isEqualTo(2);
    assertThat(score.mae()).isCloseTo((3 + 10) / 2.0, EXACTLY);
    assertThat(score.persistenceMae()).isCloseTo((4 + 6) / 2.0, EXACTLY);
    assertThat(score.seasonalNaiveMae()).isCloseTo((4 + 10) / 2.0, EXACTLY);
    assertThat(score.coverage()).isCloseTo(0.5, EXACTLY); // 14 in [8, 14]; 20 not in [9, 11]
    assertThat(score.nominalCoverage()).isCloseTo(0.8, EXACTLY);
    assertThat(score.smape()).isCloseTo((200 * 3 / 25.0 + 200 * 10 / 30.0) / 2, EXACTLY);
    assertThat(score.rmse()).isCloseTo(Math.sqrt((9 + 100) / 2.0), EXACTLY);
    // above each quantile by 6, 3, 0 and by 11, 10, 9, weighted by its level
    assertThat(score.pinball()).isCloseTo((0.6 + 1.5 + 0 + 1.1 + 5 + 8.1) / 3 / 2, EXACTLY);
  }

  @Test
  void aForecastAboveItsActualCostsTheOtherSideOfThePinball() {
    ForecastScores scores = scores(1);
    observe(scores, "a", 0, 0, 1, 2, 3);
    observe(scores, "a", 1, 0, 0, 0, 0);

    assertThat(scores.perKey().get(0).pinball()).isCloseTo((0.9 + 1 + 0.3) / 3, EXACTLY);
    assertThat(scores.perKey().get(0).smape()).isCloseTo(200, EXACTLY);
  }

  @Test
  void unobservedTargetsAndForecastsBeforeAnyTargetAreNotScored() {
    ForecastScores scores = scores(1);
    observe(scores, "a", 0, Float.NaN, 1, 2, 3);
    observe(scores, "a", 1, 5, 1, 2, 3);
    observe(scores, "a", 2, Float.NaN, 1, 2, 3);
    observe(scores, "a", 3, 6, 1, 2, 3);

    assertThat(scores.pooled())
        .singleElement()
        .satisfies(
            score -> {
              assertThat(score.count()).isEqualTo(1);
              assertThat(score.mae()).isCloseTo(4, EXACTLY);
              assertThat(score.persistenceMae()).isCloseTo(1, EXACTLY);
            });
  }

  @Test
  void aForecastBelongsToThePeriodOfItsTargetsTime() {
    ForecastScores scores =
        new ForecastScores(List.of(1), LEVELS, Optional.empty(), 1, time -> time >= 2);
    observe(scores, "a", 0, 1, 1, 1, 1);
    observe(scores, "a", 1, 2, 1, 1, 1);
    observe(scores, "a", 2, 5, 1, 1, 1);

    assertThat(scores.pooled().get(0).count()).isEqualTo(1);
    assertThat(scores.pooled().get(0).persistenceMae()).isCloseTo(3, EXACTLY);
  }

  @Test
  void poolsAllKeysForecastByForecast() {
    ForecastScores scores = scores(1);
    observe(scores, "b", 0, 1, 1, 1, 1);
    observe(scores, "b", 1, 2, 2, 2, 2);
    observe(scores, "b", 2, 3, 3, 3, 3);
    observe(scores, "a", 0, 0, 0, 0, 0);
    observe(scores, "a", 1, 7, 7, 7, 7);

    assertThat(scores.perKey()).extracting(ForecastScore::key).containsExactly("a", "b");
    ForecastScore all = scores.pooled().get(0);
    assertThat(all.key()).isEqualTo(ForecastScore.ALL);
    assertThat(all.count()).isEqualTo(3);
    assertThat(all.mae()).isCloseTo((7 + 1 + 1) / 3.0, EXACTLY);
  }

  @Test
  void theNaiveSeasonOfALongHorizonIsTheLastOneKnown() {
    NaiveForecasters naive = new NaiveForecasters(2, Optional.empty());
    for (int index = 0; index < 5; index++) {
      naive.observe(index, 10 + index);
    }

    assertThat(naive.last()).isEqualTo(14);
    assertThat(List.of(naive.seasonal(1), naive.seasonal(2), naive.seasonal(3), naive.seasonal(4)))
        .containsExactly(13f, 14f, 13f, 14f);
  }

  @Test
  void refusesForecastsWithoutObservationAndQuantilesWithoutMedian() {
    assertThatThrownBy(() -> scores(1).forecast("a", new float[3]))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () -> new ForecastScores(List.of(1), List.of(0.1), Optional.empty(), 1, time -> true))
        .hasMessage("quantiles: [0.1] (must hold 0.5)");
    assertThatThrownBy(() -> new NaiveForecasters(0, Optional.empty()))
        .hasMessage("season: 0 (must be 1 or more)");
  }

  private static ForecastScores scores(int season) {
    return new ForecastScores(List.of(1), LEVELS, Optional.empty(), season, time -> true);
  }

  private static void observe(
      ForecastScores scores, String key, long time, float actual, float... forecast) {
    scores.observe(key, time, actual);
    scores.forecast(key, forecast);
  }
}
